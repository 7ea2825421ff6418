import { expect, test } from 'vitest';
import type { CitedMetricValue } from '../workspace/handle.ts';
import { toCsv } from './csv.ts';
import { toJsonLines } from './json-lines.ts';
import { metricColumns, metricRows } from './metric-rows.ts';

const from = Date.UTC(2026, 8, 7);
const weekMs = 604_800_000;
const none = { p50: null, p75: null, p90: null };

/** A figure whose stream was never read, with a part and two weeks. */
const absent: CitedMetricValue = {
  ...none,
  metricId: 'change_fail_rate',
  definitionVersion: 2,
  unit: 'share',
  window: { from, to: from + 2 * weekMs },
  timeZone: 'UTC',
  value: null,
  sampleSize: 0,
  parts: [{ ...none, id: 'hotfixes', title: 'Hotfixes', unit: 'count', value: 3, sampleSize: 3 }],
  series: [
    { start: from, end: from + weekMs, value: null, sampleSize: 0 },
    { start: from + weekMs, end: from + 2 * weekMs, value: 0.5, sampleSize: 4 },
  ],
  caveats: ['No source of incidents is read, so it is not known.', 'Small sample.'],
  gaps: ['no_incidents', 'cut_off'],
  evidenceIds: [],
  citationId: 'mabcdefgh234',
};

test('an absent stream is an empty field and never 0, with its gaps in a column of their own', () => {
  const csv = toCsv(metricColumns, metricRows([absent]));
  expect(csv.split('\r\n')).toEqual([
    metricColumns.join(','),
    'change_fail_rate,2,share,2026-09-07T00:00:00.000Z,2026-09-21T00:00:00.000Z,,,,,,0,,,,"No source of incidents is read, so it is not known. | Small sample.",no_incidents | cut_off,mabcdefgh234',
    'change_fail_rate,2,count,2026-09-07T00:00:00.000Z,2026-09-21T00:00:00.000Z,,hotfixes,,,3,3,,,,"No source of incidents is read, so it is not known. | Small sample.",no_incidents | cut_off,mabcdefgh234',
    '',
  ]);
});

test('JSON lines hold null and the gaps as a list', () => {
  const lines = toJsonLines(metricRows([absent], { repository: 'widgets' })).split('\n');
  expect(lines).toHaveLength(3);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    value: null,
    repository: 'widgets',
    gaps: ['no_incidents', 'cut_off'],
  });
  const names = metricColumns.map((name) => lines[0]?.indexOf(`"${name}":`) ?? -1);
  expect(names).not.toContain(-1);
  expect(names.toSorted((a, b) => a - b)).toEqual(names);
});

test('each week is a line where the series was asked for, unknown weeks among them', () => {
  const rows = metricRows([absent], { withSeries: true });
  expect(rows.map((row) => [row.part, row.point_start, row.value])).toEqual([
    [null, null, null],
    [null, '2026-09-07T00:00:00.000Z', null],
    [null, '2026-09-14T00:00:00.000Z', 0.5],
    ['hotfixes', null, 3],
  ]);
});

test('commas, quotes and line ends are quoted as RFC 4180 says', () => {
  const fields = ['a,b', 'say "so"', 'two\r\nlines', ' space', 'plain'];
  expect(
    toCsv(
      ['text'],
      fields.map((text) => ({ text })),
    ),
  ).toBe('text\r\n"a,b"\r\n"say ""so"""\r\n"two\r\nlines"\r\n" space"\r\nplain\r\n');
});

test('text that a spreadsheet would run is made harmless, and numbers are left alone', () => {
  const texts = ['=1+1', '+1', '-1', '@sum', '\t=1', '\r=1', '＝1', 'a=1'];
  const csv = toCsv(
    ['text'],
    texts.map((text) => ({ text })),
  );
  expect(csv).toBe(`text\r\n'=1+1\r\n'+1\r\n'-1\r\n'@sum\r\n'\t=1\r\n"'\r=1"\r\n'＝1\r\na=1\r\n`);
  expect(toCsv(['value'], [{ value: -0.5 }, { value: null }, { value: Number.NaN }])).toBe(
    'value\r\n-0.5\r\n\r\n\r\n',
  );
});
