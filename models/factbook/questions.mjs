// Questions about the Factbook with the answers that its data gives, to measure how well they are
// answered. The phrasing is written by hand; every answer is read from a field of the documents.
// Usage: node models/factbook/questions.mjs   (writes questions.jsonl beside this file)
import { writeFileSync } from 'node:fs';
import { documents } from './documents.mjs';
import { unknownQuestions } from './unknown-questions.mjs';

export const questionsPath = `${import.meta.dirname}/questions.jsonl`;

/** As people write them; the id of the document where it is not the name's slug. */
const countries = [
  'Kenya',
  'Peru',
  'Somalia',
  'Mongolia',
  'Portugal',
  'Vietnam',
  'Bolivia',
  'Iceland',
  'Egypt',
  ['the Netherlands', 'netherlands'],
  'Brazil',
  'Nepal',
  'Ghana',
  'Finland',
  'Jamaica',
  'Japan',
  'Chile',
  'Zambia',
  'Hungary',
  'Thailand',
  'Canada',
  'Tunisia',
  ['the Philippines', 'philippines'],
  'Ecuador',
  'Norway',
  'Botswana',
  ['Ivory Coast', 'cote-divoire'],
  'Austria',
  'India',
  'Cuba',
  'Morocco',
  'Estonia',
  'Laos',
  'Mexico',
  'Uganda',
  ['the Czech Republic', 'czech-republic'],
  'Indonesia',
  'Fiji',
  'Senegal',
  'Greece',
  'Kazakhstan',
  'Uruguay',
  'Madagascar',
  'Ireland',
  ['Myanmar', 'burma'],
  'Panama',
  'Ethiopia',
  'Poland',
  'New Zealand',
  'Lebanon',
  ['the UK', 'united-kingdom'],
  'Paraguay',
  'Namibia',
  'Italy',
  'Sri Lanka',
  'Guatemala',
  'Mali',
  'Bulgaria',
  'South Korea',
  ['the US', 'united-states'],
].map((entry) =>
  Array.isArray(entry)
    ? { name: entry[0], documentId: entry[1] }
    : { name: entry, documentId: entry.toLowerCase().replaceAll(' ', '-') },
);

// What a value's text gives as answers, the whole first; none where it is not of the form asked for.

/** "580,367 sq km" → also "580,367". */
function number(value) {
  const whole = value.replace(/ \(.*$/, '');
  const [found] = /^\$?[\d.,]*\d%?/.exec(whole) ?? [];
  return found === undefined || /^0(?: |%|$)/.test(whole) ? [] : [whole, found];
}

/** "Ethiopia 867 km, Somalia 684 km", "English (official), Kiswahili (official)" → also each member. */
function list(value) {
  const members = value
    .replace(/\([^()]*\)/g, (inner) => inner.replace(/[,;]/g, ' ')) // no member ends within it
    .split(/[,;](?!\d)/)
    .map((part) => part.replace(/\(.*$/, '').trim())
    .map((part) => part.replace(/^and /, '').replace(/ [\d.,]+(?:%| km).*$/, ''))
    // Short ones ("US") stand everywhere; these words begin what is no member.
    .filter((part) => part.length > 2)
    .filter(
      (part) =>
        !/^(?:other|numerous|various|many|more|unspecified|none|small|foreign)\b/.test(part),
    );
  return members.length === 0 ? [] : [value, ...members];
}

const clauses = (value) => [value, ...value.split('; ')];
const twoWords = (value) => (/^[\w-]+ [^;]+$/.test(value) ? [value] : []);

/** The whole match, then its groups. */
const pattern = (expression) => (value) => expression.exec(value)?.slice() ?? [];

/** `label` undefined: the field's first line. */
const kinds = [
  {
    kind: 'area',
    field: 'Area',
    label: 'total',
    answers: number,
    questions: [
      'What is the total area of {x}?',
      'How big is {x}?',
      'How many square kilometres does {x} cover?',
      'How large a country is {x}?',
      'total area of {x}',
    ],
  },
  {
    kind: 'population',
    field: 'Population',
    answers: number,
    questions: [
      'How many people live in {x}?',
      'What is the population of {x}?',
      'How many inhabitants does {x} have?',
      "What is {x}'s population?",
      'population of {x}',
      'How populous is {x}?',
    ],
  },
  {
    kind: 'capital',
    field: 'Capital',
    label: 'name',
    answers: pattern(/^[\p{L}' .-]+$/u),
    questions: [
      'What is the capital of {x}?',
      'Which city is the capital of {x}?',
      "What is {x}'s capital city?",
      'Can you name the capital of {x}?',
      'capital of {x}',
    ],
  },
  {
    kind: 'borders',
    field: 'Land boundaries',
    label: 'border countries',
    answers: list,
    questions: [
      'Which countries border {x}?',
      'What are the neighbouring countries of {x}?',
      'What countries does {x} share a border with?',
      'Who are the neighbours of {x}?',
      'Which nations lie next to {x}?',
      'What does {x} border on?',
    ],
  },
  {
    kind: 'languages',
    field: 'Languages',
    answers: list,
    questions: [
      'Which languages are spoken in {x}?',
      'What language do people speak in {x}?',
      'What do they speak in {x}?',
      'What are the languages of {x}?',
      'languages spoken in {x}',
    ],
  },
  {
    kind: 'government',
    field: 'Government type',
    answers: twoWords,
    questions: [
      'What type of government does {x} have?',
      'What form of government has {x}?',
      'How is {x} governed?',
      'What kind of state is {x}?',
    ],
  },
  {
    kind: 'exports',
    field: 'Exports - commodities',
    answers: list,
    questions: [
      'What does {x} export?',
      'What are the main exports of {x}?',
      'Which goods does {x} sell abroad?',
      "What are {x}'s export commodities?",
    ],
  },
  {
    kind: 'export-partners',
    field: 'Exports - partners',
    answers: list,
    questions: [
      'Who does {x} trade with?',
      'Which countries does {x} export to?',
      "What are {x}'s main export partners?",
      'Where do the exports of {x} go?',
    ],
  },
  {
    kind: 'imports',
    field: 'Imports - commodities',
    answers: list,
    questions: ['What does {x} import?', 'Which goods does {x} buy from abroad?'],
  },
  {
    kind: 'climate',
    field: 'Climate',
    answers: clauses,
    questions: [
      'What is the climate of {x}?',
      'What is the climate like in {x}?',
      'What is the weather like in {x}?',
      'What kind of climate does {x} have?',
      'climate in {x}',
    ],
  },
  {
    kind: 'currency',
    field: 'Exchange rates',
    answers: pattern(/^(.+) \(([A-Z]{3})\)(?= per US dollar)/),
    questions: [
      'What is the currency of {x}?',
      'Which currency is used in {x}?',
      'What money do people use in {x}?',
      "What is {x}'s currency called?",
      'What do you pay with in {x}?',
    ],
  },
  {
    kind: 'religions',
    field: 'Religions',
    answers: list,
    questions: [
      'What religions are practised in {x}?',
      'Which religions are there in {x}?',
      'What do people in {x} believe in?',
    ],
  },
  {
    kind: 'main-religion',
    field: 'Religions',
    answers: (value) => list(value).slice(0, 2),
    questions: [
      'What is the main religion in {x}?',
      'Which religion do most people in {x} follow?',
    ],
  },
  {
    kind: 'independence',
    field: 'Independence',
    answers: pattern(/^(\d+ \w+ \d{4}) \(from [^;)]+\)$/),
    questions: [
      'When did {x} become independent?',
      'When did {x} gain its independence?',
      'Since when has {x} been independent?',
      'What is the date of independence of {x}?',
    ],
  },
  {
    kind: 'independence-from',
    field: 'Independence',
    answers: pattern(/^\d+ \w+ \d{4} \(from ((?:the )?([^ ;)]+))\)$/),
    questions: [
      'From which country did {x} become independent?',
      'Who did {x} gain independence from?',
    ],
  },
  {
    kind: 'life-expectancy',
    field: 'Life expectancy at birth',
    label: 'total population',
    answers: number,
    questions: [
      'What is the life expectancy in {x}?',
      'How long do people live in {x}?',
      'How old do people get in {x} on average?',
      'life expectancy at birth in {x}',
    ],
  },
  {
    kind: 'life-expectancy-women',
    field: 'Life expectancy at birth',
    label: 'female',
    answers: number,
    questions: ['What is the life expectancy of women in {x}?'],
  },
  {
    kind: 'literacy',
    field: 'Literacy',
    label: 'total population',
    answers: number,
    questions: [
      'What is the literacy rate in {x}?',
      'What share of the people of {x} can read and write?',
      'How many people in {x} can read and write?',
    ],
  },
  {
    kind: 'airports',
    field: 'Airports',
    answers: pattern(/^\d{3,}$/), // a shorter number stands anywhere
    questions: [
      'How many airports are there in {x}?',
      'How many airports does {x} have?',
      'number of airports in {x}',
    ],
  },
  {
    kind: 'coastline',
    field: 'Coastline',
    answers: number,
    questions: [
      'How long is the coastline of {x}?',
      'What is the length of the coast of {x}?',
      'How many kilometres of coast does {x} have?',
    ],
  },
  {
    kind: 'highest-point',
    field: 'Elevation extremes',
    label: 'highest point',
    answers: pattern(/^(.+?) ([\d,]+ m)(?= \(|$)/),
    questions: [
      'What is the highest point in {x}?',
      'What is the highest mountain of {x}?',
      'Which is the highest peak in {x}?',
      "What is the name of {x}'s tallest mountain?",
    ],
  },
  {
    kind: 'internet-code',
    field: 'Internet country code',
    answers: pattern(/^\.[a-z]{2}$/),
    questions: [
      'What is the internet country code of {x}?',
      'What is the top-level domain of {x}?',
      'What do internet addresses in {x} end with?',
    ],
  },
  {
    kind: 'president',
    field: 'Executive branch',
    label: 'chief of state',
    answers: pattern(/^President ([\p{L}' .-]+)(?= \(since)/u),
    questions: [
      'Who is the president of {x}?',
      'Who is the head of state of {x}?',
      "What is the name of {x}'s president?",
    ],
  },
  {
    kind: 'prime-minister',
    field: 'Executive branch',
    label: 'head of government',
    answers: pattern(/^Prime Minister ([\p{L}' .-]+)(?= \(since)/u),
    questions: ['Who is the prime minister of {x}?', 'Who leads the government of {x}?'],
  },
  {
    kind: 'anthem',
    field: 'National anthem',
    label: 'name',
    answers: pattern(/^"([^"]+)"/),
    questions: [
      'What is the national anthem of {x} called?',
      'What is the title of the anthem of {x}?',
    ],
  },
  {
    kind: 'resources',
    field: 'Natural resources',
    answers: list,
    questions: ['What natural resources does {x} have?', 'Which raw materials are found in {x}?'],
  },
  {
    kind: 'ethnic-groups',
    field: 'Ethnic groups',
    answers: list,
    questions: ['Which ethnic groups live in {x}?', 'What are the peoples of {x}?'],
  },
  {
    kind: 'unemployment',
    field: 'Unemployment rate',
    answers: number,
    questions: ['How high is unemployment in {x}?', 'What is the unemployment rate of {x}?'],
  },
  {
    kind: 'gdp-per-head',
    field: 'GDP - per capita (PPP)',
    answers: number,
    questions: ['What is the GDP per capita of {x}?', 'What is the GDP per head in {x}?'],
  },
  {
    kind: 'railways',
    field: 'Railways',
    label: 'total',
    answers: number,
    questions: [
      'How many kilometres of railway are there in {x}?',
      'How long is the railway network of {x}?',
    ],
  },
  {
    kind: 'roads',
    field: 'Roadways',
    label: 'total',
    answers: number,
    questions: ['How long is the road network of {x}?'],
  },
  {
    kind: 'median-age',
    field: 'Median age',
    label: 'total',
    answers: number,
    questions: ['What is the median age in {x}?', 'What is the median age of the people of {x}?'],
  },
  {
    kind: 'holiday',
    field: 'National holiday',
    answers: pattern(/^([^,;(]+), (\d+ \w+)$/),
    questions: [
      'What is the national holiday of {x}?',
      'When does {x} celebrate its national holiday?',
    ],
  },
  {
    kind: 'official-name',
    field: 'Country name',
    label: 'conventional long form',
    answers: twoWords,
    questions: ['What is the official name of {x}?', 'What is the full name of {x}?'],
  },
  {
    kind: 'former-name',
    field: 'Country name',
    label: 'former',
    answers: (value) => (/Kingdom|Republic|Greater|Empire/.test(value) ? [] : list(value)),
    questions: ['What was {x} formerly called?', 'What is the former name of {x}?'],
  },
  {
    kind: 'suffrage',
    field: 'Suffrage',
    answers: pattern(/^(\d+ years of age); universal$/),
    questions: ['At what age can people vote in {x}?', 'What is the voting age in {x}?'],
  },
  {
    kind: 'location',
    field: 'Location',
    answers: pattern(/^([^,;]+), .+$/),
    questions: ['Where is {x}?', 'Where does {x} lie?', 'In which part of the world is {x}?'],
  },
  {
    kind: 'lowest-point',
    field: 'Elevation extremes',
    label: 'lowest point',
    answers: pattern(/^(.+?) (-?[\d,]+ m)(?= \(|$)/),
    questions: ['What is the lowest point of {x}?'],
  },
  {
    kind: 'ports',
    field: 'Ports and terminals',
    label: 'major seaport(s)',
    answers: list,
    questions: ['Which seaports does {x} have?', 'What are the main ports of {x}?'],
  },
  {
    kind: 'internet-users',
    field: 'Internet users',
    label: 'total',
    answers: number,
    questions: ['How many people use the internet in {x}?'],
  },
  {
    kind: 'inflation',
    field: 'Inflation rate (consumer prices)',
    answers: number,
    questions: ['How high is inflation in {x}?'],
  },
  {
    kind: 'birth-rate',
    field: 'Birth rate',
    answers: number,
    questions: ['What is the birth rate of {x}?'],
  },
];

/** The value of a field, or of one of its labels, without its year; undefined where there is none. */
function fieldValue(document, field, label) {
  const section = document.sections.find(({ heading }) => heading === field);
  const lines = section?.text.split('\n') ?? [];
  const line = label === undefined ? lines[0] : lines.find((one) => one.startsWith(`${label}: `));
  const value = label === undefined ? line : line?.slice(label.length + 2);
  return value?.replace(/ \((?:\w+ )?\d{4}(?: est\.| census)?\)$/, '');
}

/**
 * All questions: each takes the country whose turn it is, or the first after it of which the data has the
 * answer, so that all countries have about as many. Those without an answer come last.
 */
export function makeQuestions() {
  const documentOf = new Map(documents().map((document) => [document.id, document]));
  const queue = [...countries];
  const questions = kinds.flatMap(
    ({ kind, field, label, answers: answersIn, questions: phrases }) =>
      phrases.map((phrase, i) => {
        const answersOf = ({ documentId }) => {
          const value = fieldValue(documentOf.get(documentId), field, label);
          return value === undefined ? [] : [...new Set(answersIn(value))];
        };
        const turn = queue.findIndex((country) => answersOf(country).length > 0);
        if (turn < 0) throw new Error(`${kind}: the data has no answer for any country`);
        const [country] = queue.splice(turn, 1);
        queue.push(country);
        return {
          id: `${kind}-${i + 1}`,
          question: phrase.replace('{x}', country.name),
          answers: answersOf(country),
          documentId: country.documentId,
        };
      }),
  );
  const unknown = unknownQuestions.map(({ question }, i) => {
    return { id: `unknown-${i + 1}`, question, answers: [], documentId: '' };
  });
  return [...questions, ...unknown];
}

if (process.argv[1] === import.meta.filename) {
  const lines = makeQuestions().map((question) => `${JSON.stringify(question)}\n`);
  writeFileSync(questionsPath, lines.join(''));
}
