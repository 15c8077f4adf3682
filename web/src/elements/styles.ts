/**
 * The look of the elements. Type and text colour are the page's own; `--cento-*` properties and parts change
 * the rest. Light or dark follows the page's `color-scheme`, unless the `theme` attribute says otherwise.
 */

import { css } from 'lit';

export const baseStyles = css`
  :host {
    --_accent: var(--cento-accent, #0b5d57);
    --_on-accent: var(--cento-on-accent, #fff);
    --_ink: var(--cento-ink, #1d1f21);
    --_quiet: var(--cento-quiet, #5c6166);
    --_line: var(--cento-line, #dfe1e3);
    --_edge: var(--cento-edge, #858b91);
    --_surface: var(--cento-surface, #fff);
    --_good: var(--cento-good, #1b6a43);
    --_bad: var(--cento-bad, #a8321c);
    --_shadow: var(--cento-shadow, 0 0 0 1px #0000000f, 0 2px 6px #00000014, 0 16px 40px -8px #0000003d);
    --_radius: var(--cento-radius, 10px);
    display: block;
    color: var(--_ink);
    font-family: var(--cento-font, inherit);
    line-height: 1.5;
    text-align: start;
  }
  @supports (color: light-dark(red, red)) {
    :host {
      --_accent: var(--cento-accent, light-dark(#0b5d57, #74d0c4));
      --_on-accent: var(--cento-on-accent, light-dark(#fff, #08211f));
      --_ink: var(--cento-ink, light-dark(#1d1f21, #e9e8e4));
      --_quiet: var(--cento-quiet, light-dark(#5c6166, #a4a8ad));
      --_line: var(--cento-line, light-dark(#dfe1e3, #383c42));
      --_edge: var(--cento-edge, light-dark(#858b91, #7b8189));
      --_surface: var(--cento-surface, light-dark(#fff, #1c1f24));
      --_good: var(--cento-good, light-dark(#1b6a43, #79cd9f));
      --_bad: var(--cento-bad, light-dark(#a8321c, #f2957d));
    }
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  :host([theme='auto']) {
    color-scheme: light dark;
  }
  :host([hidden]),
  [hidden] {
    display: none;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  p,
  ol,
  ul,
  blockquote {
    margin: 0;
    padding: 0;
  }
  ol,
  ul {
    list-style: none;
  }
  a {
    color: var(--_accent);
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
  }
  a:hover {
    text-decoration-thickness: 2px;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  mark {
    background: color-mix(in srgb, var(--_accent) 16%, transparent);
    color: inherit;
    border-radius: 3px;
  }
  button {
    font: inherit;
    color: inherit;
    cursor: pointer;
  }
  .quiet {
    border: 0;
    padding: 0.15em 0.4em;
    background: none;
    color: var(--_accent);
    text-decoration: underline 1px;
    text-underline-offset: 0.2em;
    white-space: nowrap;
  }
  .notice,
  .note,
  .waiting {
    color: var(--_quiet);
    font-size: 0.9375em;
  }
  .path {
    display: block;
    color: var(--_quiet);
    font-size: 0.875em;
    overflow-wrap: anywhere;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

export const fieldStyles = css`
  label {
    display: block;
    margin-block-end: 0.4em;
    font-size: 0.9375em;
    font-weight: 600;
  }
  .field {
    display: flex;
    gap: 5px;
    padding: 5px;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  input,
  textarea {
    flex: 1;
    inline-size: 100%;
    min-inline-size: 0;
    margin: 0;
    padding: 0.7em 0.9em;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: inherit;
    font: inherit;
    font-size: max(1em, 16px);
    line-height: 1.4;
  }
  textarea {
    display: block;
    resize: vertical;
    line-height: 1.6;
  }
  ::placeholder {
    color: var(--_quiet);
    opacity: 1;
  }
  :is(input, textarea):focus-visible {
    border-color: var(--_accent);
    outline-offset: -1px;
  }
  .field input {
    margin: -5px;
    margin-inline-end: 0;
    border: 0;
    background: none;
  }
  .field input:only-child {
    margin-inline-end: -5px;
  }
  @supports selector(:has(*)) {
    .field input:focus-visible {
      outline: 0;
    }
    .field:has(input:focus-visible) {
      border-color: var(--_accent);
      outline: 2px solid var(--_accent);
      outline-offset: -1px;
    }
  }
  .primary {
    min-block-size: 2.4em;
    padding-inline: 1.2em;
    border: 0;
    border-radius: calc(var(--_radius) - 4px);
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }
  .field .primary {
    flex: none;
    min-block-size: 0;
  }
  .primary:hover {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_ink));
  }
  .primary:focus-visible {
    outline-offset: 2px;
  }
  .row {
    display: flex;
    gap: 1em;
    align-items: flex-start;
    justify-content: space-between;
    margin-block-start: 0.6em;
  }
  .row .status {
    margin-block-start: 0.5em;
  }
  .status {
    display: grid;
    min-block-size: 1.6em;
    margin-block-start: 0.55em;
    color: var(--_quiet);
    font-size: 0.875em;
    line-height: 1.6;
  }
  .status > * {
    grid-area: 1 / 1;
  }
  .hint[data-covered] {
    visibility: hidden;
  }
  .now {
    display: flex;
    flex-wrap: wrap;
    gap: 0.1em 0.75em;
    place-items: center start;
    align-self: start;
  }
  .failed {
    color: var(--_bad);
  }
  .figures {
    font-variant-numeric: tabular-nums;
  }
  progress {
    flex: 0 1 9em;
    block-size: 4px;
    border: 0;
    border-radius: 2px;
    overflow: hidden;
    appearance: none;
    background: var(--_line);
    accent-color: var(--_accent);
  }
  progress::-webkit-progress-bar {
    background: var(--_line);
  }
  progress::-webkit-progress-value {
    background: var(--_accent);
  }
  progress::-moz-progress-bar {
    background: var(--_accent);
  }
  .offers {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    margin-block-start: 0.75em;
  }
  .offer {
    min-block-size: 24px;
    padding: 0.35em 0.85em;
    border: 1px solid var(--_line);
    border-radius: 1.2em;
    background: none;
    font-size: 0.9375em;
    text-align: start;
  }
  .offer:hover {
    border-color: var(--_accent);
    color: var(--_accent);
  }
`;

export const completeStyles = css`
  :host {
    position: relative;
    color: inherit;
    line-height: inherit;
  }
`;
