import { describe, expect, it } from 'vitest';
import { logFieldCount } from './log-format.ts';
import { createLogParser, type LoggedCommit } from './log-parser.ts';

const sha = 'a'.repeat(40);
const parent = 'b'.repeat(40);

function record(fields: readonly (string | Buffer)[]): Buffer {
  expect(fields).toHaveLength(logFieldCount);
  return Buffer.concat(fields.flatMap((field) => [Buffer.from(field as string), Buffer.from([0])]));
}

const plain = record([sha, parent, '10', '20', 'Zoë', 'z@x', 'Bot', 'b@x', 'Title\n\nBody\x1f\n']);
const broken = record([parent, '', '', '99', Buffer.from([0xe9, 0x41]), '', '', '', '']);

function parse(chunks: readonly Buffer[]): LoggedCommit[] {
  const parser = createLogParser();
  return chunks.flatMap((chunk) => parser.push(chunk));
}

describe('createLogParser', () => {
  it('reads fields whatever bytes but NUL they hold', () => {
    const [commit] = parse([plain]);
    expect(commit).toMatchObject({
      sha,
      parents: [parent],
      authoredSeconds: 10,
      committedSeconds: 20,
      authorName: 'Zoë',
      committerEmail: 'b@x',
      cut: false,
    });
    expect(commit?.message.toString()).toBe('Title\n\nBody\x1f\n');
  });

  it('gives the same commits however the output is cut into pieces', () => {
    const whole = Buffer.concat([plain, broken, plain]);
    const expected = parse([whole]);
    expect(expected).toHaveLength(3);
    for (let size = 1; size < whole.length; size += 1) {
      const pieces: Buffer[] = [];
      for (let at = 0; at < whole.length; at += size) pieces.push(whole.subarray(at, at + size));
      expect(parse(pieces)).toEqual(expected);
    }
  });

  it('takes a missing date for unknown and bad bytes for U+FFFD', () => {
    expect(parse([broken])[0]).toMatchObject({
      parents: [],
      authoredSeconds: null,
      committedSeconds: 99,
      authorName: '\uFFFDA',
    });
  });

  it('cuts a field of megabytes, says so, and goes on with the next commit', () => {
    const long = record([sha, '', '1', '2', 'n', 'e', 'n', 'e', Buffer.alloc(3_000_000, 0x61)]);
    const whole = Buffer.concat([long, plain]);
    const pieces: Buffer[] = [];
    for (let at = 0; at < whole.length; at += 65_536) pieces.push(whole.subarray(at, at + 65_536));
    for (const commits of [parse([whole]), parse(pieces)]) {
      expect(commits).toHaveLength(2);
      expect(commits[0]?.cut).toBe(true);
      expect(commits[0]?.message.length).toBeLessThan(300_000);
      expect(commits[1]).toMatchObject({ authorName: 'Zoë', cut: false });
    }
  });
});
