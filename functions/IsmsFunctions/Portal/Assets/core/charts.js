// Charts as plain SVG: few, small, of the page's own colours in light and dark, and each with its numbers as a table beside it.

import { h, s } from './dom.js';
import { date, language, month, number, t } from './i18n.js';
import { table } from './ui.js';

const days = day => Date.parse(day + 'T00:00:00Z') / 86400000;
const clip = (value, low, high) => Math.max(low, Math.min(high, value));

/** Wide charts scroll sideways on a phone; whoever uses a keyboard can scroll them, too. */
const scroller = (label, chart) => h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': label }, chart);

const asTable = (label, columns, rows) => h('details', null, h('summary', null, t('chart.table')), table(label, columns, rows));

/**
 * The year as lines of bars. Rows: { title, phase, bars: [{ from, to, kind, title, href }] }, kinds being done, open, late, later.
 */
export function timeline(label, rows, { start, end, today }) {
  const [width, left, head, line] = [1040, 250, 26, 23];
  const height = head + rows.length * line + 6;
  const [first, last] = [days(start), days(end) + 1];
  const x = day => left + ((clip(day, first, last) - first) / (last - first)) * (width - left - 8);
  const chart = s('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label });
  chart.style.setProperty('min-width', '760px');
  for (let m = new Date(start + 'T00:00:00Z'); days(m.toISOString().slice(0, 10)) < last; m.setUTCMonth(m.getUTCMonth() + 1)) {
    const day = m.toISOString().slice(0, 10);
    chart.append(s('line', { class: 'line', x1: x(days(day)), x2: x(days(day)), y1: head - 8, y2: height }), s('text', { x: x(days(day)) + 4, y: 14 }, month(day)));
  }
  let phase;
  rows.forEach((row, index) => {
    const y = head + index * line;
    if (row.phase !== phase) {
      phase = row.phase;
      if (index) chart.append(s('line', { class: 'line', x1: 0, x2: width, y1: y - 1, y2: y - 1 }));
      chart.append(s('rect', { class: `fill-${phase[0]}`, x: 0, y: y + 2, width: 4, height: rows.filter(r => r.phase === phase).length * line - 6, rx: 2 }));
    }
    const limit = language() === 'ja' ? 17 : 34;
    chart.append(s('text', { class: 'strong', x: 12, y: y + 15 }, row.title.length > limit ? row.title.slice(0, limit - 1) + '…' : row.title));
    for (const bar of row.bars) {
      const from = x(days(bar.from));
      chart.append(s('rect', { class: `fill-${bar.kind}`, x: from, y: y + 5, width: Math.max(5, x(days(bar.to) + 1) - from - 1.5), height: 12, rx: 3 }, s('title', null, `${bar.title}: ${date(bar.from)} – ${date(bar.to)}`)));
    }
  });
  if (today >= start && today <= end) chart.append(s('line', { class: 'today', x1: x(days(today)), x2: x(days(today)), y1: head - 10, y2: height }));
  return h('figure', null, scroller(label, chart));
}

/** A line of values over a few points, with its target: { label, value }. */
export function trend(label, points, { target, unit }) {
  const [width, height, pad] = [300, 110, 22];
  const values = [...points.map(p => p.value).filter(v => v !== undefined && v !== null), target].filter(v => v !== undefined);
  const [low, high] = [Math.min(0, ...values), Math.max(...values, 1)];
  const x = index => pad + (index * (width - 2 * pad)) / Math.max(1, points.length - 1);
  const y = value => height - 24 - ((value - low) / (high - low || 1)) * (height - 44);
  const said = points.map(p => `${p.label} ${p.value === undefined ? t('chart.none') : number(p.value) + unit}`).join(', ');
  const chart = s('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `${label}: ${said}. ${t('chart.target', number(target) + unit)}` });
  chart.append(s('line', { class: 'stroke-target', x1: pad - 10, x2: width - pad + 10, y1: y(target), y2: y(target) }));
  const known = points.map((p, index) => ({ ...p, index })).filter(p => p.value !== undefined && p.value !== null);
  chart.append(s('polyline', { class: 'stroke-accent', points: known.map(p => `${x(p.index)},${y(p.value)}`).join(' ') }));
  known.forEach(p => chart.append(s('circle', { class: 'fill-open', cx: x(p.index), cy: y(p.value), r: 3.5 }), s('text', { class: 'strong', x: x(p.index), y: y(p.value) - 8, 'text-anchor': 'middle' }, number(p.value))));
  points.forEach((p, index) => chart.append(s('text', { x: x(index), y: height - 6, 'text-anchor': 'middle' }, p.label)));
  return chart;
}

/** Bars of one or two kinds over months or names: { label, values }. */
export function bars(label, rows, kinds) {
  const [width, height, pad] = [720, 190, 30];
  const most = Math.max(1, ...rows.map(r => r.values.reduce((sum, v) => sum + v, 0)));
  const step = (width - pad) / Math.max(1, rows.length);
  const chart = s('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label });
  chart.append(s('line', { class: 'line', x1: pad - 4, x2: width, y1: height - 24, y2: height - 24 }), s('text', { x: 0, y: 18 }, number(most)), s('text', { x: 0, y: height - 24 }, '0'));
  rows.forEach((row, index) => {
    let y = height - 24;
    row.values.forEach((value, kind) => {
      const size = (value / most) * (height - 44);
      y -= size;
      if (value) chart.append(s('rect', { class: kinds[kind].fill, x: pad + index * step + step * .2, y, width: step * .6, height: size, rx: 2 }));
    });
    chart.append(s('text', { x: pad + index * step + step / 2, y: height - 8, 'text-anchor': 'middle' }, row.label));
  });
  return h('figure', null, scroller(label, chart),
    h('ul', { class: 'legend' }, kinds.map(k => h('li', null, h('i', { class: k.fill }), k.title))),
    asTable(label, [{ title: t('chart.of'), cell: r => r.label }, ...kinds.map((k, i) => ({ title: k.title, numeric: true, cell: r => number(r.values[i]) }))], rows));
}
