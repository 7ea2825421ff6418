import { describe, expect, it } from 'vitest';
import { toInstant } from './instants.ts';
import type { IssuePayload } from './issue-payload.ts';
import { mapIssue } from './map-issue.ts';

const done = { name: 'Done', category: 'done' };

function move(at: string, toCategory: string): NonNullable<IssuePayload['changes']>[number] {
  return { id: at, field: 'status', at, actor: null, from: null, to: null, toCategory };
}

function doneAt(payload: Partial<IssuePayload>): string | null {
  const { workItems = [] } = mapIssue({ id: '1', key: 'PAY-1', status: done, ...payload });
  const at = workItems[0]?.doneAt ?? null;
  return at === null ? null : new Date(at).toISOString();
}

describe('when an issue was done', () => {
  it('is when it was resolved', () => {
    expect(doneAt({ resolvedAt: '2026-01-02T10:00:00.000+0100' })).toBe('2026-01-02T09:00:00.000Z');
  });

  it('is the last time, also where a site keeps the resolution of the first', () => {
    const changes = [
      move('2026-01-02T09:00:00Z', 'done'),
      move('2026-01-03T09:00:00Z', 'indeterminate'),
      move('2026-01-05T09:00:00Z', 'done'),
    ];
    expect(doneAt({ resolvedAt: '2026-01-02T09:00:00Z', changes })).toBe(
      '2026-01-05T09:00:00.000Z',
    );
  });

  it('stays when it moves from one status that means done to another', () => {
    const changes = [move('2026-01-02T09:00:00Z', 'done'), move('2026-01-09T09:00:00Z', 'done')];
    expect(doneAt({ changes })).toBe('2026-01-02T09:00:00.000Z');
  });

  it('is not moved by a change of the workflow that nobody made on the issue', () => {
    expect(
      doneAt({ resolvedAt: '2020-01-02T09:00:00Z', categoryChangedAt: '2026-01-01T00:00:00Z' }),
    ).toBe('2020-01-02T09:00:00.000Z');
  });

  it('is unknown where nothing tells, and nothing where it is not done', () => {
    expect(doneAt({})).toBeNull();
    expect(
      doneAt({
        status: { name: 'To Do', category: 'new' },
        resolvedAt: '2026-01-02T09:00:00Z',
      }),
    ).toBeNull();
  });
});

it.each([
  ['2021-01-25T11:09:27.985+0800', '2021-01-25T03:09:27.985Z'],
  ['2021-01-25T03:09:27Z', '2021-01-25T03:09:27.000Z'],
  [1_611_544_167_985, '2021-01-25T03:09:27.985Z'],
  [1_611_544_167, '2021-01-25T03:09:27.000Z'],
  ['soon', null],
  [0, null],
  [null, null],
])('reads the time %s as %s', (text, expected) => {
  const instant = toInstant(text);
  expect(instant === null ? null : new Date(instant).toISOString()).toBe(expected);
});
