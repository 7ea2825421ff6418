import { describe, expect, it } from 'vitest';
import { readMessage } from './message.ts';

const read = (text: string) => readMessage(Buffer.from(text));

describe('readMessage', () => {
  it.each([
    ['Title', 'Title'],
    ['Title\n', 'Title'],
    ['\n\n  Title \n\nBody', 'Title'],
    ['Title that\n  goes on\n\nBody', 'Title that goes on'],
    ['Title\r\n\r\nBody', 'Title'],
    ['', ''],
    ['\n\n', ''],
    ['Title with \x1b[31m and \x1f', 'Title with \x1b[31m and \x1f'],
  ])('takes the first paragraph of %j as the subject', (message, subject) => {
    expect(read(message).subject).toBe(subject);
  });

  it('cuts a subject of a megabyte to 500 units, never inside a character', () => {
    const facts = read(`x${'😀'.repeat(300_000)}`);
    expect(facts.subject.length).toBeLessThanOrEqual(500);
    expect(/\p{Surrogate}/u.test(facts.subject)).toBe(false);
    expect(facts.subject.endsWith('😀')).toBe(true);
    expect(facts.subjectCut).toBe(true);
  });

  it('finds the commit that is reverted', () => {
    const sha = 'c'.repeat(40);
    expect(read(`Revert "X"\n\nThis reverts commit ${sha}.\n`).revertsSha).toBe(sha);
    expect(read('Revert "X"\n\nThis reverts commit everything.\n').revertsSha).toBeNull();
  });

  it('finds the number of a merge request', () => {
    expect(read("Merge branch 'x'\n\nTitle\n\nSee merge request a/b/c!42\n").mergeRequest).toBe(42);
    expect(read('Title\n\nWow!42\n').mergeRequest).toBeNull();
  });

  it('finds trailers anywhere in the body, because a squash joins whole messages', () => {
    const body =
      '* one\n\nCo-Authored-By: Claude <noreply@anthropic.com>\n\n* two\n\nAssisted-by: x:y';
    expect(read(`Title (#1)\n\n${body}`).trailers).toEqual([
      ['co-authored-by', 'Claude <noreply@anthropic.com>'],
      ['assisted-by', 'x:y'],
    ]);
    expect(read('Title\n\nSigned-off-by: A <a@x>\nFixes: #1').trailers).toEqual([]);
  });

  it('keeps a bounded number of bounded trailers', () => {
    const line = `Co-authored-by: ${'x'.repeat(10_000)} <a@x>\n`;
    const { trailers } = read(`Title\n\n${line.repeat(200)}`);
    expect(trailers.length).toBe(50);
    expect(trailers[0]?.[1].length).toBe(300);
  });
});
