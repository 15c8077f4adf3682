/** Documents for a small pack: invented islands, described in sentences that share their patterns. */

interface Document {
  id: string;
  url: string;
  title: string;
  text: string;
}

const NAMES = [
  'Anvar',
  'Belisk',
  'Corrin',
  'Dovra',
  'Elmet',
  'Farrow',
  'Gant',
  'Hesper',
  'Isel',
  'Jorun',
];
const CROPS = ['barley', 'olives', 'flax', 'rye', 'hemp'];
const SEAS = ['northern', 'southern', 'eastern', 'western'];

/** The same sentence in two scripts that are written otherwise than English. */
const ARABIC = 'تقع الجزيرة في البحر الشمالي ويعيش سكانها من صيد السمك وزراعة الزيتون.';
const JAPANESE = 'この島は北の海にあり、人々は漁業と農業で暮らしている。';

export function smallDocuments(): Document[] {
  return NAMES.map((name, i) => ({
    id: name.toLowerCase(),
    url: `https://islands.example/${name.toLowerCase()}`,
    title: name,
    text: [
      `${name} is an island in the ${SEAS[i % 4]} sea. The people of the island live from fishing and from ${CROPS[i % 5]}.`,
      `The harbour of ${name} is open from April to October. In winter the ferry sails once a week.`,
      `The people of the island elect a council every ${i + 2} years. The council meets in the old harbour house.`,
      ARABIC,
      JAPANESE,
    ].join('\n\n'),
  }));
}

interface Section {
  heading: string;
  anchor: string;
  level: number;
  text: string;
}

type SectionedDocument = Omit<Document, 'text'> & { sections: Section[] };

/** What somebody would like the page to run. */
export const MARKUP = '<img src=x onerror="document.title=\'broken into\'">';

/** Documents of somebody who would like the page to run what they hold. */
export function hostileDocuments(): (Document | SectionedDocument)[] {
  const markup = MARKUP;
  return [
    {
      id: 'script',
      url: 'javascript:document.title="broken into"',
      title: `Widgets ${markup}`,
      text: `The widget ${markup} was invented by Mallory in 1987. <script>document.title='broken into'</script> The widget is made of brass.`,
    },
    {
      id: 'data',
      url: 'data:text/html,<script>alert(1)</script>',
      title: 'Sprockets',
      text: 'The sprocket was invented by Trudy in 1990. The sprocket is made of tin.',
    },
    {
      id: 'relative',
      url: 'guide/gears.html#brass',
      title: 'Gears',
      text: 'The gear was invented by Alice in 1993. The gear is made of bronze.',
    },
    { id: 'none', url: '', title: 'Levers', text: 'The lever was invented by Bob in 1996.' },
    {
      id: `"><script>document.title='broken into'</script>`,
      url: ' java\tscript:document.title="broken into"',
      title: `</title><svg onload="document.title='broken into'">`,
      sections: [
        {
          heading: `Cogs ${markup}`,
          anchor: `"><img src=x onerror="document.title='broken into'">`,
          level: 1,
          text: `The cog ${markup} turns left in spring. The cog ${markup} turns right in autumn.`,
        },
        {
          heading: '<a href="javascript:alert(1)">Pawls</a>',
          anchor: 'javascript:alert(1)',
          level: 2,
          text: `The pawl stops the cog ${markup} at night. population: <script>alert(1)</script> 12`,
        },
      ],
    },
  ];
}
