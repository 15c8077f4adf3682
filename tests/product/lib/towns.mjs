// A small corpus about towns that do not exist, regular enough that its sentences can be continued.
const towns = [
  ['Arden', 'Esk', 'wool', 1204],
  ['Belmor', 'Tarn', 'salt', 1310],
  ['Corvane', 'Esk', 'copper', 1188],
  ['Dunmere', 'Wey', 'barley', 1422],
  ['Elsby', 'Tarn', 'wool', 1267],
  ['Farrow', 'Lune', 'timber', 1533],
  ['Garside', 'Wey', 'salt', 1391],
  ['Hexley', 'Lune', 'copper', 1245],
];

const history = ([town, river, trade, year]) =>
  `The town of ${town} lies on the river ${river}. It was founded in the year ${year} by merchants ` +
  `who came down the river in search of ${trade}. For two hundred years the trade in ${trade} made ` +
  'the town rich, and the market was held on every second day of the week. The old walls of the ' +
  'town were taken down when the bridge was built, but the gate beside the river still stands.';

const visit = ([town, , trade, year]) =>
  `Visitors reach ${town} by the road that follows the river. The market hall is open on most days, ` +
  `and the museum of ${trade} shows tools that were used before ${year + 300}. Population: ` +
  `${year * 7}\n\nThe best time to visit the town is late in the spring, when the river is high ` +
  'and the fields beside the road are green.';

/** Documents with sections, as JSON Lines have them. */
export const documents = towns.map((town) => ({
  id: town[0].toLowerCase(),
  url: `/towns/${town[0].toLowerCase()}.html`,
  title: town[0],
  sections: [
    { level: 1, heading: `${town[0]}, a town`, anchor: '', text: history(town) },
    { level: 2, heading: 'Visiting', anchor: 'visiting', text: visit(town) },
  ],
}));

/** The text that a document must have in the pack. */
export const textOf = ({ sections }) =>
  sections.map(({ heading, text }) => `${heading}\n\n${text}`).join('\n\n');
