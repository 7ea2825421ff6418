import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tools } from './index.ts';

const here = import.meta.dirname;
const names = tools.map(({ name }) => name).toSorted();

function stems(folder: string, ending: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending) && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -ending.length))
    .filter((stem) => stem !== 'index' && stem !== 'README')
    .toSorted();
}

describe('the tool registry', () => {
  it('holds exactly the tools of its folder', () => {
    const files = stems(here, '.ts').map((stem) => stem.replaceAll('-', '_'));
    expect(names).toEqual(files);
  });

  it('has exactly one page of documentation per tool', () => {
    expect(names).toEqual(stems(`${here}/../../../../docs/tools`, '.md'));
  });

  it.each(tools)('$name says what it is in the terms of a client', (tool) => {
    expect(tool.name).toMatch(/^[a-z]+(_[a-z]+)+$/);
    expect(tool.title.replaceAll(' ', '_').toLowerCase()).toBe(tool.name);
    expect(tool.description.length).toBeLessThan(300);
    expect(Object.values(tool.annotations)).toHaveLength(4);
  });

  it('marks as read-only exactly the tools that cannot write', () => {
    const writing = tools.filter(({ annotations }) => !annotations.readOnlyHint);
    expect(writing.map(({ name }) => name)).toEqual([
      'get_sync_status',
      'propose_action',
      'await_approval',
      'withdraw_action',
      'submit_report',
    ]);
    // It replaces what the day's report said; all else that writes adds to what is there.
    const replacing = writing.filter(({ annotations }) => annotations.destructiveHint);
    expect(replacing.map(({ name }) => name)).toEqual(['submit_report']);
  });
});
