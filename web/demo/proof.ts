/** The button that proves an answer again, and the line that says how that went. */

import type { Answer, Cento, VerifyReport } from '../src/index.js';
import { button, h } from './dom.js';
import * as format from './format.js';

export function proofOf(cento: Cento, answer: Answer): { verify: HTMLElement; proof: HTMLElement } {
  const proof = h('p', { class: 'proof', role: 'status' });
  const verify = button('Verify', async () => {
    verify.disabled = true;
    proof.className = 'proof';
    proof.textContent = 'Reading the shards again…';
    try {
      const report = await cento.verify(answer);
      proof.classList.add(report.valid ? 'valid' : 'invalid');
      proof.replaceChildren(...proofText(report));
    } catch (error) {
      proof.classList.add('invalid');
      proof.textContent = (error as Error).message;
    }
    verify.disabled = false;
  });
  return { verify, proof };
}

function proofText({
  valid,
  fragments,
  windows,
  attestedWindows,
  problems,
}: VerifyReport): (Node | string)[] {
  if (!valid) {
    return ['Not proven.', h('ul', {}, ...problems.map((problem) => h('li', {}, problem)))];
  }
  return [
    h('strong', {}, 'Proven from the shards. '),
    `${format.plural(fragments, 'passage')} ${fragments === 1 ? 'stands' : 'stand'} where the sources say, ` +
      `and ${format.count(attestedWindows)} of ${format.plural(windows, 'window')} of four words stand in the pack.`,
  ];
}
