// Questions that the Factbook has no answer to. `absent` stands in no profile, or, where the question is
// about a country, not in that country's (`documentId`); a test holds that.
export const unknownQuestions = [
  // Places that do not exist.
  { question: 'What is the capital of Wakanda?', absent: 'wakanda' },
  { question: 'How many people live in Narnia?', absent: 'narnia' },
  { question: 'Which countries border Zubrowka?', absent: 'zubrowka' },
  { question: 'What is the currency of Ruritania?', absent: 'ruritania' },
  // Other subjects.
  { question: 'How do I bake sourdough bread?', absent: 'sourdough' },
  { question: 'How do I make a fluffy omelette?', absent: 'omelette' },
  { question: 'How do I undo my last commit in Git?', absent: 'git' },
  { question: 'What does the function malloc return?', absent: 'malloc' },
  { question: 'Which chess opening suits a beginner?', absent: 'chess' },
  { question: 'Who painted the Mona Lisa?', absent: 'mona lisa' },
  { question: 'How many strings does a violin have?', absent: 'violin' },
  { question: 'How do I change a bicycle tyre?', absent: 'bicycle' },
  { question: 'Who wrote Pride and Prejudice?', absent: 'prejudice' },
  { question: 'What is the plural of mouse?', absent: 'plural of mouse' },
  // Countries, and what their profiles do not speak of.
  {
    question: 'Which club has won the most football titles in Spain?',
    absent: 'football',
    documentId: 'spain',
  },
  { question: 'How do you cook feijoada in Brazil?', absent: 'feijoada', documentId: 'brazil' },
  {
    question: 'What hobbies do people in Finland have?',
    absent: 'hobbies',
    documentId: 'finland',
  },
  {
    question: 'How many museums are there in Portugal?',
    absent: 'museums',
    documentId: 'portugal',
  },
  {
    question: 'What does a cinema ticket cost in Poland?',
    absent: 'cinema',
    documentId: 'poland',
  },
  { question: 'How many dentists work in Austria?', absent: 'dentists', documentId: 'austria' },
  {
    question: 'What is the most common surname in Denmark?',
    absent: 'surname',
    documentId: 'denmark',
  },
  { question: 'How many dogs are kept in Italy?', absent: 'dogs', documentId: 'italy' },
  {
    question: 'On which side of the road do people drive in Malta?',
    absent: 'drive',
    documentId: 'malta',
  },
  {
    question: 'What is the voltage of the sockets in Argentina?',
    absent: 'voltage',
    documentId: 'argentina',
  },
  {
    question: 'How many Olympic medals has Jamaica won?',
    absent: 'olympic',
    documentId: 'jamaica',
  },
  {
    question: 'Which novelist from Japan has sold the most books?',
    absent: 'novelist',
    documentId: 'japan',
  },
  {
    question: 'What is the emergency number for the police in Chile?',
    absent: 'emergency number',
    documentId: 'chile',
  },
  {
    question: 'What is the best season to visit the beaches of Kenya?',
    absent: 'beaches',
    documentId: 'kenya',
  },
  {
    question: 'Which vaccinations do travellers to Ghana need?',
    absent: 'vaccinations',
    documentId: 'ghana',
  },
  {
    question: 'How many Wikipedia articles are there about Iceland?',
    absent: 'wikipedia',
    documentId: 'iceland',
  },
];
