/** The look of what is answered, found and checked, and of sources. */

import { css } from 'lit';

export const answerStyles = css`
  .answers[data-asked] {
    min-block-size: var(--cento-answer-size, 11em);
    margin-block-start: 1.75em;
  }
  .answer + .answer {
    margin-block-start: 1.75em;
    padding-block-start: 1.75em;
    border-block-start: 1px solid var(--_line);
  }
  .question {
    margin-block-end: 0.6em;
    color: var(--_quiet);
    font-size: 0.9375em;
    overflow-wrap: anywhere;
  }
  .words {
    margin-block-end: 0.35em;
    font-size: clamp(1.35em, 1.1em + 1.2vw, 1.75em);
    font-weight: 600;
    line-height: 1.25;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
    text-wrap: balance;
  }
  .text {
    max-inline-size: 42em;
    font-size: 1.0625em;
    line-height: 1.7;
    white-space: pre-line;
    overflow-wrap: anywhere;
    text-wrap: pretty;
  }
  .gap {
    display: block;
    block-size: 0.6em;
  }
  .passage {
    border-radius: 3px;
    cursor: pointer;
  }
  .passage .said {
    text-decoration: underline 1px color-mix(in srgb, var(--_accent) 55%, transparent);
    text-underline-offset: 0.32em;
    text-decoration-skip-ink: none;
  }
  .passage:is(:hover, [aria-expanded='true']) {
    background: color-mix(in srgb, var(--_accent) 12%, transparent);
  }
  .passage:is(:hover, [aria-expanded='true']) .said {
    text-decoration-color: var(--_accent);
  }
  sup {
    margin-inline: 0.2em 0.1em;
    color: var(--_accent);
    font-size: 0.66em;
    font-weight: 700;
    font-variant-numeric: tabular-nums;
    line-height: 1;
    vertical-align: super;
  }
  .note,
  .notice {
    max-inline-size: 44em;
    margin-block-start: 0.6em;
  }
  .refusal {
    padding: 1.1em 1.25em;
    border: 1px dashed var(--_edge);
    border-radius: var(--_radius);
  }
  .refusal-title {
    font-size: 1.125em;
    font-weight: 600;
  }
  .refusal .note {
    margin-block-start: 0.25em;
  }
  .nearest {
    margin-block-start: 1em;
    font-size: 0.9375em;
  }
  @media (prefers-reduced-motion: no-preference) {
    .passage {
      animation: arrive 0.3s both;
    }
    @keyframes arrive {
      from {
        opacity: 0;
      }
    }
  }
`;

export const sourceStyles = css`
  .sources {
    margin-block-start: 1.25em;
    font-size: 0.9375em;
  }
  .sources-title {
    margin-block-end: 0.35em;
    color: var(--_quiet);
    font-size: 0.875em;
    font-weight: 600;
  }
  .sources li {
    display: flex;
    gap: 0.7em;
    padding-block: 0.45em;
    border-block-start: 1px solid var(--_line);
  }
  .number {
    flex: none;
    min-inline-size: 1.1em;
    color: var(--_accent);
    font-weight: 700;
    font-variant-numeric: tabular-nums;
  }
  .entry {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
`;

export const cardStyles = css`
  .card {
    position: fixed;
    inset: auto;
    z-index: 10;
    left: var(--left, 0);
    top: var(--top, 0);
    inline-size: min(25em, calc(100vw - 24px));
    max-block-size: min(24em, var(--room, 70vh));
    margin: 0;
    padding: 1em 1.15em;
    border: 0;
    border-radius: var(--_radius);
    overflow-y: auto;
    background: var(--_surface);
    box-shadow: var(--_shadow);
    color: var(--_ink);
    font-size: 0.9375em;
  }
  .card:not([data-open]) {
    display: none;
  }
  .card:focus {
    outline: 0;
  }
  .card header {
    display: flex;
    gap: 0.7em;
    align-items: flex-start;
  }
  .card-title {
    font-weight: 600;
    line-height: 1.35;
  }
  .close {
    flex: none;
    inline-size: 28px;
    block-size: 28px;
    margin-block: -4px 0;
    margin-inline: 0 -8px;
    padding: 6px;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--_quiet);
  }
  .close:hover {
    background: color-mix(in srgb, var(--_ink) 8%, transparent);
    color: var(--_ink);
  }
  .close svg {
    display: block;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
  }
  blockquote {
    max-block-size: 10em;
    margin-block: 0.75em;
    padding-inline-start: 0.85em;
    border-inline-start: 2px solid var(--_line);
    overflow-y: auto;
    color: var(--_quiet);
    line-height: 1.6;
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  blockquote mark {
    color: var(--_ink);
  }
  .card-link {
    font-weight: 600;
  }
  .licence {
    margin-block-start: 0.4em;
    color: var(--_quiet);
    font-size: 0.875em;
  }
  @media (max-width: 40rem) {
    .card {
      inset: auto 0 0;
      max-block-size: 70vh;
      inline-size: auto;
      max-inline-size: none;
      padding-block-end: max(1.1em, env(safe-area-inset-bottom));
      border-end-start-radius: 0;
      border-end-end-radius: 0;
    }
  }
`;

export const searchStyles = css`
  .results ol {
    margin-block-start: 0.75em;
  }
  .results li {
    padding-block: 0.85em;
    border-block-start: 1px solid var(--_line);
  }
  .results .title {
    font-weight: 600;
  }
  .excerpt {
    display: -webkit-box;
    margin-block-start: 0.2em;
    overflow: hidden;
    color: var(--_quiet);
    font-size: 0.9375em;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    line-clamp: 3;
  }
  .excerpt mark {
    color: var(--_ink);
  }
  input::-webkit-search-cancel-button {
    cursor: pointer;
  }
`;

export const checkStyles = css`
  .checked {
    --_mark: var(--_edge);
    border-radius: 3px;
  }
  .checked .said {
    text-decoration: underline var(--_mark-line, solid) 1.5px var(--_mark);
    text-underline-offset: 0.3em;
    text-decoration-skip-ink: none;
  }
  .checked[role='button'] {
    cursor: pointer;
  }
  .checked[role='button']:is(:hover, [aria-expanded='true']) {
    background: color-mix(in srgb, var(--_mark) 12%, transparent);
  }
  .attested {
    --_mark: var(--_good);
  }
  .near-miss {
    --_mark: var(--_bad);
    --_mark-line: wavy;
  }
  .unsupported {
    --_mark-line: dotted;
  }
  .sign {
    margin-inline-end: 0.35em;
    padding: 0.1em 0.32em;
    border: 1.5px solid var(--_mark);
    border-radius: 1em;
    color: var(--_mark);
    font-size: 0.65em;
    font-weight: 700;
    vertical-align: 0.12em;
  }
  .unsupported .sign {
    color: var(--_quiet);
  }
  del {
    color: var(--_bad);
    text-decoration: line-through 2px;
  }
  ins {
    margin-inline: 0.3em 0.1em;
    padding: 0.1em 0.35em;
    border-radius: 4px;
    background: color-mix(in srgb, var(--_good) 15%, transparent);
    font-weight: 600;
    text-decoration: none;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75em 2.25em;
    margin-block-end: 1.25em;
    font-size: 0.9375em;
    line-height: 1.35;
  }
  .legend li {
    display: flex;
    gap: 0.6em;
    align-items: center;
  }
  .legend .sign {
    font-size: 0.8em;
  }
  .count {
    font-size: 1.75em;
    font-weight: 600;
    line-height: 1;
    font-variant-numeric: lining-nums tabular-nums;
  }
  .meaning {
    display: block;
    color: var(--_quiet);
    font-size: 0.875em;
  }
`;
