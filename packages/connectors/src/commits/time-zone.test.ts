import { expect, it } from 'vitest';
import { timeZoneOf } from './time-zone.ts';

it.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['Etc/GMT+5', 'Etc/GMT+5'],
  [' UTC ', 'UTC'],
  ['Eastern Time (US & Canada)', null],
  ['<b>Europe/Berlin</b>', null],
  ['at home with Ada', null],
  [`Europe/${'a'.repeat(80)}`, null],
  ['', null],
  [null, null],
  [undefined, null],
])('takes %s for the time zone %s', (text, zone) => {
  expect(timeZoneOf(text)).toBe(zone);
});
