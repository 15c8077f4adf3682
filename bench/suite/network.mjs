// From the navigation to the first answer in Chromium, behind networks of several speeds.
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../scripts/lib/chromium.mjs';
import { startServer } from '../../scripts/lib/server.mjs';
import { curves } from '../lib/chart.mjs';
import { packOf } from '../lib/corpora.mjs';
import { interleaved, shown } from '../lib/measure.mjs';
import { openMeasured } from '../lib/measured-page.mjs';
import { startSlowNetwork } from '../lib/slow-network.mjs';

const NETWORKS = [
  { downMegabits: 3, upMegabits: 1, latencyMilliseconds: 100 },
  { downMegabits: 10, upMegabits: 3, latencyMilliseconds: 50 },
  { downMegabits: 50, upMegabits: 10, latencyMilliseconds: 20 },
];

/** One a round: what the first shards hold depends on the question. */
const QUESTIONS = {
  factbook: [
    'What is the total area of Kenya?',
    'Which countries border Chile?',
    'What do they speak in Norway?',
    'What are the main exports of Laos?',
    'When did Mali become independent?',
  ],
  'python-docs': [
    'What is a generator?',
    'How do I read a file line by line?',
    'What does functools.lru_cache do?',
    'When is KeyError raised?',
    'What is a context manager?',
  ],
};

/** Two visits in a fresh browser: milliseconds from each navigation, and bytes of the pack until the answer. */
async function visits(address, pack, question) {
  const browser = await chromium.launch(launchOptions);
  try {
    const context = await browser.newContext();
    const visit = async () => {
      const page = await context.newPage();
      const { times } = await openMeasured(page, address, { pack, question, isMeasured: false });
      await page.close();
      const begun = times.sinceNavigation - times.firstAnswer;
      if (times.answeredFrom === undefined) throw new Error(`refused: ${question}`);
      const { answered, answeredFrom, ready } = times;
      return { answer: begun + answered, ready: begun + ready, share: answeredFrom };
    };
    const [cold, warm] = [await visit(), await visit()];
    return { cold: cold.answer, share: 100 * cold.share, ready: cold.ready, warm: warm.answer };
  } finally {
    await browser.close();
  }
}

async function measure(server, corpus, rounds) {
  const { folder, wireBytes } = packOf(corpus.name, corpus.documents);
  const pack = `/packs/${basename(folder)}/manifest.json`;
  const questions = QUESTIONS[corpus.name];
  const networks = [];
  for (const speed of NETWORKS) networks.push(await startSlowNetwork(server.address, speed));
  try {
    const nameOf = ({ downMegabits }) => String(downMegabits);
    /** Each asks all the questions, in turn. */
    const asking = (address) => {
      let round = 0;
      return () => visits(address, pack, questions[round++ % questions.length]);
    };
    const variants = Object.fromEntries(
      NETWORKS.map((speed, i) => [nameOf(speed), asking(networks[i].address)]),
    );
    variants.localhost = asking(server.address);
    const figures = await interleaved(rounds, variants);
    const asked = Math.min(rounds, questions.length);
    return { corpus, wireBytes, asked, figures };
  } finally {
    for (const network of networks) await network.close();
  }
}

const nameOfSpeed = (key) => {
  const speed = NETWORKS.find(({ downMegabits }) => String(downMegabits) === key);
  return speed ? `${key} Mbit/s, round trip ${speed.latencyMilliseconds} ms` : 'the same machine';
};

const KINDS = {
  cold: 'first answer, first visit',
  ready: 'complete, first visit',
  warm: 'first answer, second visit',
};

function tableOf({ corpus, wireBytes, asked, figures }) {
  return {
    title: `${corpus.name}: a pack of ${wireBytes.toLocaleString('en')} bytes, ${asked} questions, ms from the navigation`,
    command: 'npm run bench -- --only network',
    head: ['network', ...Object.values(KINDS), 'of the pack at the first answer'],
    rows: Object.entries(figures).map(([key, figure]) => [
      nameOfSpeed(key),
      ...Object.keys(KINDS).map((kind) => shown(figure[kind], 0)),
      `${shown(figure.share, 0)}%`,
    ]),
  };
}

function pictureOf({ corpus, figures }) {
  const speeds = NETWORKS.map(({ downMegabits }) => downMegabits);
  const title = `${corpus.name}: ms from the navigation to the first answer, by network`;
  return {
    name: `network-${corpus.name}`,
    alt: title,
    svg: curves({
      title,
      x: { label: 'Mbit/s', isLog: true },
      y: { label: 'ms', isLog: true },
      series: Object.entries(KINDS).map(([kind, name]) => ({
        name,
        points: speeds.map((speed) => [speed, figures[speed][kind].median]),
      })),
    }),
  };
}

export async function run({ corpora, quick }) {
  const chosen = corpora.openAll(quick ? ['factbook'] : ['factbook', 'python-docs']);
  if (chosen.length === 0) return {};
  const packs = dirname(packOf(chosen[0].name, chosen[0].documents).folder);
  const server = await startServer({
    isolated: true,
    packs,
    more: { '/measured/': fileURLToPath(new URL('../lib/measured', import.meta.url)) },
  });
  const measured = [];
  try {
    for (const corpus of chosen) measured.push(await measure(server, corpus, quick ? 1 : 3));
  } finally {
    await server.close();
  }
  const factbook = measured.find(({ corpus }) => corpus.name === 'factbook')?.figures.localhost;
  const target = (what, most, { median }) => ({
    what,
    aim: `≤ ${most} ms`,
    measured: `${Math.round(median)} ms`,
    isMet: median <= most,
  });
  return {
    text: [
      'A proxy delays and paces everything that passes, workers’ requests included. The page loads the library, the engine and the pack’s first shards, asks, and asks again until what has come holds the answer, while the rest arrives; a refusal is not counted as an answer. Each round asks another question, so that the spread is also that of where its answer stands. The second visit has engine and index stored.',
    ],
    tables: measured.map(tableOf),
    pictures: measured.map(pictureOf),
    targets: factbook && [
      target('first answer on the Factbook, first visit, same machine', 400, factbook.cold),
      target('the same, second visit', 150, factbook.warm),
    ],
    data: measured.map(({ corpus, figures }) => ({ name: corpus.name, figures })),
  };
}

export const inShort = ({ data }) =>
  data.map(({ name, figures }) => {
    const at = (key, kind) => `${Math.round(figures[key][kind].median)} ms`;
    return `From the navigation to the first answer of ${name}: ${at('10', 'cold')} at 10 Mbit/s, ${at('localhost', 'cold')} without a network between; on a second visit ${at('10', 'warm')} and ${at('localhost', 'warm')}.`;
  });
