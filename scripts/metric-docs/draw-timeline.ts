import { html, type SafeHtml, toText } from '../../packages/insights/src/html/escape.ts';
import { at as rounded } from '../../packages/insights/src/html/chart-frame.ts';
import { type Bounds, centred, labelPlaces, labelWidth, stackedLevels } from './label-places.ts';
import {
  type Stage,
  type Timeline,
  type TimelineBracket,
  type TimelineInstant,
  type TimelineRow,
  type TimelineSpan,
  timelineText,
} from './timeline.ts';

const width = 760;
const margin = 16;
const lineHeight = 15;
const barHeight = 22;
const bracketHeight = 24;

/** On its own light ground, so that it reads alike on a light and on a dark page. */
const ink = '#1b1f24';
const quietInk = '#57606a';
const accent = '#0b4f9e';
const ground = '#f6f8fa';
const quiet = html` fill="${quietInk}"`;
const fills: Record<Stage, string> = {
  coding: '#c5dcfb',
  pickup: '#ffdcae',
  review: '#d8cff5',
  deploy: '#bfe6ca',
  work: '#c5dcfb',
  failed: '#f9c9c5',
  outside: '#e4e8ec',
};

interface Scale {
  bounds: Bounds;
  xOf: (at: number) => number;
}

/** Returns the picture of a timeline as a document of its own. */
export function drawTimeline(id: string, timeline: Timeline): string {
  const longest = Math.max(0, ...timeline.rows.map((row) => labelWidth(row.label ?? '')));
  const left = margin + (longest === 0 ? 0 : longest + 14);
  const bounds = { left, right: width - margin };
  const inset = { left: bounds.left + 6, right: bounds.right - 6 };
  const xOf = (at: number): number => rounded(inset.left + (at / 100) * (inset.right - inset.left));
  const scale = { bounds, xOf };

  const lines = timeline.lines ?? [];
  const lineLevels = stackedLevels(lines.map(({ at, label }) => centred(xOf(at), label, bounds)));
  const head =
    lines.length === 0 ? margin : margin + (Math.max(...lineLevels) + 1) * lineHeight + 6;
  let y = head;
  const rows = timeline.rows.map((row) => {
    const drawn = drawRow(row, scale, y);
    y = drawn.bottom;
    return drawn.body;
  });
  const height = Math.ceil(y + (timeline.note === undefined ? 4 : lineHeight + 8));
  const across = lines.map((line, index) =>
    drawLine(line, margin + 11 + (lineLevels[index] ?? 0) * lineHeight, y - 6, scale),
  );
  const note =
    timeline.note !== undefined &&
    html`<text x="${margin}" y="${height - 12}" fill="${quietInk}" text-anchor="start">${timeline.note}</text>`;
  return `${toText(
    html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id}-t ${id}-d" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif" font-size="12" fill="${ink}" text-anchor="middle"><title id="${id}-t">${timeline.title}</title><desc id="${id}-d">${timelineText(timeline)}</desc><style>.clear{paint-order:stroke;stroke:${ground};stroke-width:4px}</style><rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" fill="${ground}" stroke="#d0d7de"/>${across}${rows}${note}</svg>`,
  )}\n`;
}

function drawRow(row: TimelineRow, scale: Scale, top: number): { body: SafeHtml; bottom: number } {
  const brackets = row.brackets ?? [];
  const levels = stackedLevels(
    brackets.map((bracket) => reachOf(bracket, scale)),
    0,
  );
  const barTop = top + (brackets.length === 0 ? 8 : (Math.max(...levels) + 1) * bracketHeight + 6);
  const lineY = barTop + barHeight;
  const places = labelPlaces(row.instants, scale.xOf, scale.bounds);
  const deepest = places.length === 0 ? 0 : Math.max(...places.map(({ level }) => level)) + 1;
  const labels = row.instants.map((instant, index) => {
    const place = places[index];
    return place && drawInstant(instant, place, lineY, scale);
  });
  const name =
    row.label !== undefined &&
    html`<text x="${margin}" y="${barTop + 15}" font-weight="600" text-anchor="start">${row.label}</text>`;
  const body = html`<g>${name}${brackets.map((bracket, index) => {
    const y = barTop - 6 - (levels[index] ?? 0) * bracketHeight;
    return drawBracket(bracket, y, scale);
  })}${(row.spans ?? []).map((span) => drawSpan(span, barTop, scale))}<path d="M${scale.bounds.left} ${lineY}H${scale.bounds.right}" stroke="${quietInk}"/>${labels}</g>`;
  return { body, bottom: lineY + 10 + deepest * lineHeight + 8 };
}

function drawSpan(span: TimelineSpan, top: number, { xOf }: Scale): SafeHtml {
  const [from, to] = [xOf(span.from), xOf(span.to)];
  return html`<rect x="${from}" y="${top}" width="${rounded(to - from)}" height="${barHeight}" fill="${fills[span.stage]}" stroke="${ground}"/><text x="${rounded((from + to) / 2)}" y="${top + 15}">${span.label}</text>`;
}

/** What a bracket and its label take of the width. */
function reachOf({ from, to, label }: TimelineBracket, { xOf, bounds }: Scale): Bounds {
  const text = centred((xOf(from) + xOf(to)) / 2, label, bounds);
  return { left: Math.min(text.left, xOf(from)), right: Math.max(text.right, xOf(to)) };
}

function drawBracket(bracket: TimelineBracket, y: number, { xOf, bounds }: Scale): SafeHtml {
  const [from, to] = [xOf(bracket.from), xOf(bracket.to)];
  const text = centred((from + to) / 2, bracket.label, bounds);
  const color = bracket.beside === true ? quietInk : accent;
  const weight = bracket.beside === true ? '400' : '700';
  return html`<text class="clear" x="${rounded((text.left + text.right) / 2)}" y="${y - 7}" fill="${color}" font-weight="${weight}">${bracket.label}</text><path d="M${rounded(from + 1)} ${y + 4}V${y - 2}H${rounded(to - 1)}V${y + 4}" fill="none" stroke="${color}" stroke-width="${bracket.beside === true ? 1 : 2}"/>`;
}

function drawInstant(
  { at, label, ignored }: TimelineInstant,
  place: { left: number; right: number; level: number },
  lineY: number,
  { xOf }: Scale,
): SafeHtml {
  const x = xOf(at);
  const y = lineY + 10 + place.level * lineHeight;
  const middle = rounded((place.left + place.right) / 2);
  const way = html`<path d="M${x} ${lineY}V${y + 1}" stroke="${quietInk}"/>`;
  const text = html`<text class="clear" x="${middle}" y="${y + 11}"${ignored === true && quiet}>${label}</text>`;
  const hollow = html` fill="${ground}" stroke="${quietInk}"`;
  return html`${label !== '' && way}<circle cx="${x}" cy="${lineY}" r="3.5"${ignored === true && hollow}/>${label !== '' && text}`;
}

function drawLine(
  { at, label }: TimelineInstant,
  y: number,
  bottom: number,
  { xOf, bounds }: Scale,
): SafeHtml {
  const text = centred(xOf(at), label, bounds);
  return html`<path d="M${xOf(at)} ${y + 4}V${bottom}" stroke="${quietInk}" stroke-dasharray="4 3"/><text x="${rounded((text.left + text.right) / 2)}" y="${y}" fill="${quietInk}">${label}</text>`;
}
