import { describe, expect, it } from 'vitest';
import { parseMailmap } from './parse-mailmap.ts';

const entry = (fromEmail: string, toEmail: string, name: string | null) => ({
  fromEmail,
  toEmail,
  name,
});

describe('parseMailmap', () => {
  it.each([
    ['Ada Lovelace <ada@x.org>', [entry('ada@x.org', 'ada@x.org', 'Ada Lovelace')]],
    ['<ada@x.org> <ADA@old.org>', [entry('ada@old.org', 'ada@x.org', null)]],
    ['Ada <ada@x.org> <ada@old.org> # note', [entry('ada@old.org', 'ada@x.org', 'Ada')]],
    ['Ada <ada@x.org> al <ada@old.org>', [entry('ada@old.org', 'ada@x.org', 'Ada')]],
    ['# comment <a@x> <b@x>', []],
    ['nonsense', []],
    ['', []],
  ])('reads %j', (text, entries) => {
    expect(parseMailmap(text).entries).toEqual(entries);
  });

  it('lets the last line about an address hold', () => {
    expect(parseMailmap('A <a@x.org> <b@x.org>\nC <c@x.org> <b@x.org>\n').entries).toEqual([
      entry('b@x.org', 'c@x.org', 'C'),
    ]);
  });

  it('joins nobody by a line that holds for one name at a shared address', () => {
    const text = [
      'Ada <ada@x.org> ada <root@localhost>',
      'Ada <ada@x.org> ada <team@x.org>',
      'Bob <bob@x.org> bob <team@x.org>',
    ].join('\n');
    expect(parseMailmap(text)).toEqual({ entries: [], unresolvedCount: 3 });
  });

  it('reads megabytes of hostile lines', () => {
    // Whatever takes longer by more than their length meets the runner's limit here.
    const text = `${'a'.repeat(1_999)}\n`.repeat(500) + '<'.repeat(10_000_000);
    expect(parseMailmap(text)).toEqual({ entries: [], unresolvedCount: 0 });
  });
});
