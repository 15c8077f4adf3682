/** Figures as people read them, in the page's language. */

const whole = new Intl.NumberFormat('en');
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });

export const count = (value: number): string => whole.format(Math.round(value));

const fine = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** Counts that may be shared out, such as 12.3. */
export const figure = (value: number): string => fine.format(value);

/** A probability in percent; small ones matter, too. */
export function chance(value: number): string {
  if (value < 0.001) return '<0.1%';
  return value < 0.0995 ? `${fine.format(value * 100)}%` : share(value);
}

/** Information: "3.2 bits". */
export const bits = (value: number): string => `${value.toFixed(1)} bits`;

export const share = (value: number): string => percent.format(value);

/** "1 source", "2 sources". */
export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

export function bytes(value: number): string {
  if (value < 1000) return `${value} B`;
  if (value < 1e6) return `${(value / 1e3).toFixed(0)} kB`;
  return `${(value / 1e6).toFixed(value < 1e7 ? 2 : 0)} MB`;
}

export function milliseconds(value: number): string {
  return value < 10 ? `${value.toFixed(1)} ms` : `${count(value)} ms`;
}

const moments = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** "Nov 22, 2026, 9:50 AM". */
export const moment = (value: Date): string => moments.format(value);
