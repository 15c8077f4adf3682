// Bars and curves as SVG files that read well on light and on dark pages: the style follows the reader's
// colour scheme, the background is the page's. Our own, because the plotting libraries draw in a browser's
// document and bring some thirty packages for what two hundred lines do.

const WIDTH = 720;
const COLOURS = [
  ['#0f766e', '#2dd4bf'],
  ['#b45309', '#fbbf24'],
  ['#6d28d9', '#a78bfa'],
  ['#be123c', '#fb7185'],
  ['#1d4ed8', '#60a5fa'],
  ['#4d7c0f', '#a3e635'],
  ['#57606a', '#9aa4b2'],
  ['#0e7490', '#67e8f9'],
];

const rules = (index) => `
text{font:13px system-ui,sans-serif;fill:${['#1f2328', '#e6edf3'][index]}}
.title{font-weight:600;font-size:15px}
.axis{fill:${['#57606a', '#9aa4b2'][index]};font-size:12px}
.grid{stroke:${['#d0d7de', '#3d444d'][index]};stroke-width:1}
.other{fill:${['#9aa4b2', '#6e7681'][index]}}
${COLOURS.map((pair, i) => `.fill${i}{fill:${pair[index]}}.line${i}{stroke:${pair[index]}}`).join('')}`;

const STYLE = `<style>.line{fill:none;stroke-width:2}${rules(0)}
@media (prefers-color-scheme:dark){${rules(1)}}</style>`;

const escaped = (text) => String(text).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

const text = (x, y, content, { type = '', anchor = 'start' } = {}) =>
  `<text x="${round(x)}" y="${round(y)}"${type && ` class="${type}"`}${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}>${escaped(content)}</text>`;

const round = (value) => Math.round(value * 10) / 10;

function svg(height, title, parts) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${round(height)}" role="img" aria-label="${escaped(title)}">
${STYLE}
${text(0, 16, title, { type: 'title' })}
${parts.join('\n')}
</svg>
`;
}

/** Three significant digits at least, whole thousands with commas: 0.0123, 1.25, 12.5, 1,234. */
export function compact(value) {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  const short = digits > 0 ? String(Number(value.toFixed(digits))) : String(Math.round(value));
  return short.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',');
}

/**
 * Bars from left to right, one below the other: rows of {label, value, isOurs?, note?}. A row without a
 * finite value has its note alone.
 */
export function bars({ title, rows }) {
  const left = 12 + 7.2 * Math.max(...rows.map(({ label }) => label.length));
  const most = Math.max(...rows.map(({ value }) => (Number.isFinite(value) ? value : 0)));
  const noteOf = ({ value, note }) => note ?? (Number.isFinite(value) ? compact(value) : 'none');
  const room = WIDTH - left - 8 - 7 * Math.max(...rows.map((row) => noteOf(row).length));
  const parts = rows.flatMap((row, i) => {
    const { label, value, isOurs } = row;
    const y = 34 + 26 * i;
    const isKnown = Number.isFinite(value);
    const width = isKnown && most > 0 ? Math.max(1, (room * value) / most) : 0;
    return [
      text(left - 8, y + 14, label, { anchor: 'end' }),
      `<rect class="${isOurs ? 'fill0' : 'other'}" x="${round(left)}" y="${y}" width="${round(width)}" height="19" rx="2"/>`,
      text(left + width + 6, y + 14, noteOf(row), { type: 'axis' }),
    ];
  });
  return svg(34 + 26 * rows.length + 4, title, parts);
}

/** Round numbers from `low` to `high`, at most about `count`; on a logarithmic axis 1, 2, 5 and powers. */
export function ticks(low, high, isLog, count = 7) {
  if (!isLog) {
    const rough = (high - low) / count || 1;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999);
    const first = Math.ceil(low / step - 1e-9);
    const last = Math.floor(high / step + 1e-9);
    return Array.from({ length: last - first + 1 }, (_, i) =>
      Number(((first + i) * step).toPrecision(9)),
    );
  }
  const decades = Math.log10(high / low);
  const factors = decades > 4 ? [1] : decades > 2 ? [1, 3] : [1, 2, 5];
  const from = Math.floor(Math.log10(low));
  const all = Array.from({ length: Math.ceil(decades) + 2 }, (_, i) =>
    factors.map((factor) => Number((factor * 10 ** (from + i)).toPrecision(9))),
  ).flat();
  return all.filter((value) => value >= low * 0.999 && value <= high * 1.001);
}

/** What maps values to places between `from` and `to`, with its ticks; zero begins a linear axis. */
function axis({ values, isLog, from, to, beginsAtZero }) {
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (isLog) {
    low /= 1.15;
    high *= 1.15;
  } else {
    if (beginsAtZero) low = Math.min(0, low);
    const margin = (high - low || Math.abs(high) || 1) * 0.06;
    high += margin;
    if (low !== 0) low -= margin;
  }
  const scale = isLog ? Math.log : (value) => value;
  const place = (value) =>
    from + ((scale(value) - scale(low)) / (scale(high) - scale(low))) * (to - from);
  return { place, ticks: ticks(low, high, isLog) };
}

/** Where the names of series stand, row by row: {places: [x, row], rows}. */
function keysOf(names, left, right) {
  let x = left;
  let row = 0;
  const places = names.map((name) => {
    const width = 36 + 7.2 * name.length;
    if (x > left && x + width > right) {
      x = left;
      row++;
    }
    x += width;
    return [x - width, row];
  });
  return { places, rows: row + 1 };
}

/**
 * Lines through points: series of {name, points: [[x, y, label?]]}, each of at least one; `x` and `y` are
 * {label, isLog?, beginsAtZero?}. Values on a logarithmic axis are above 0.
 */
export function curves({ title, x, y, series }) {
  const [left, right, top, height] = [64, WIDTH - 12, 34, 360];
  const keys = keysOf(
    series.map(({ name }) => name),
    left,
    right,
  );
  const bottom = height - 48 - 20 * keys.rows;
  const all = series.flatMap(({ points }) => points);
  const across = axis({ ...x, values: all.map(([value]) => value), from: left, to: right - 20 });
  const up = axis({ ...y, values: all.map(([, value]) => value), from: bottom, to: top + 8 });
  const parts = [];
  for (const value of up.ticks) {
    const at = round(up.place(value));
    parts.push(`<path class="grid" d="M${left} ${at}H${right}"/>`);
    parts.push(text(left - 6, at + 4, compact(value), { type: 'axis', anchor: 'end' }));
  }
  for (const value of across.ticks)
    parts.push(
      text(across.place(value), bottom + 18, compact(value), { type: 'axis', anchor: 'middle' }),
    );
  parts.push(text((left + right) / 2, bottom + 36, x.label, { type: 'axis', anchor: 'middle' }));
  parts.push(text(left, top + 2, y.label, { type: 'axis' }));
  for (const [i, { name, points }] of series.entries()) {
    const colour = i % COLOURS.length;
    const places = points.map(([a, b]) => [round(across.place(a)), round(up.place(b))]);
    if (places.length > 1)
      parts.push(
        `<path class="line line${colour}" d="M${places.map((p) => p.join(' ')).join('L')}"/>`,
      );
    for (const [n, [a, b]] of places.entries()) {
      parts.push(`<circle class="fill${colour}" cx="${a}" cy="${b}" r="3.5"/>`);
      if (points[n][2]) parts.push(text(a + 7, b - 7, points[n][2], { type: 'axis' }));
    }
    const [keyX, row] = keys.places[i];
    const keyY = bottom + 56 + 20 * row;
    parts.push(
      `<rect class="fill${colour}" x="${keyX}" y="${keyY - 10}" width="12" height="12" rx="2"/>`,
    );
    parts.push(text(keyX + 18, keyY, name));
  }
  return svg(height, title, parts);
}
