import { expect, test } from 'vitest';
import { notRewritten, rewrittenTables } from '../erasure/rewritten-tables.ts';
import { archivedTable } from '../archive/archive-rows.ts';
import { type Tables, tables } from '../store/tables.ts';
import { neverPurged } from './never-purged.ts';
import { retentionIn } from './retention.ts';
import { retentionClassIds } from './retention-class-ids.ts';
import { retentionClass } from './retention-classes.ts';

const names = Object.keys(tables) as (keyof Tables)[];

test('every table grows old in one class, or says why it never does', () => {
  const inClasses = retentionClassIds.flatMap((id) =>
    retentionClass(id).groups.flatMap(({ table, children }) => [
      table,
      ...children.map((child) => child.table),
    ]),
  );
  // Of raw records only deliveries grow old: the others are what rows are made of.
  const known = [...inClasses, ...Object.keys(neverPurged)];
  expect(known.toSorted()).toEqual(names.toSorted());
});

test('an erasure looks through every table, or says why it does not', () => {
  const looked = new Set(rewrittenTables().map(({ table }) => table));
  const left = names.filter((name) => !looked.has(archivedTable(name).table));
  const unexplained = left.filter((name) => !(name in notRewritten));
  // These hold no text but keys of our own.
  expect(unexplained.toSorted()).toEqual([]);
});

test('what was told counts, null is for ever, and the rest has its default', () => {
  expect(retentionIn({ reports: 400, raw_events: null })).toMatchObject({
    reports: 400,
    raw_events: null,
    sign_ins: 30,
  });
});
