import { createRandom, type Random } from '../../testing/random.ts';
import type { FastImport, Signature } from './fast-import.ts';
import { importHistory, initRepository } from './write-repository.ts';

export interface LargeRepositoryOptions {
  commits: number;
  seed: number;
  directory: string;
  /** How many people commit. */
  people?: number;
}

/** What was written, counted while it was written. */
export interface LargeRepositoryTruth {
  directory: string;
  commits: number;
  merges: number;
  squashes: number;
  tags: number;
  reverts: number;
  namesNotUtf8: number;
  datedBeforeParent: number;
}

const firstCommitSeconds = 1_262_304_000;
const meanStepSeconds = 900;
const words = ['cache', 'parser', 'login', 'search', 'retry', 'export', 'layout', 'queue', 'index'];

/**
 * Makes a bare repository of so many commits, for benchmarks: merges, squashes, direct pushes,
 * reverts, tags, names that are not UTF-8 and commits dated before their parents.
 */
export async function generateLargeRepository(
  options: LargeRepositoryOptions,
): Promise<LargeRepositoryTruth> {
  const { directory, seed, commits, people = 250 } = options;
  const gitDirectory = await initRepository({
    directory,
    bare: true,
    origin: 'https://git.example.com/bench/large.git',
  });
  const truth: LargeRepositoryTruth = {
    directory,
    commits,
    merges: 0,
    squashes: 0,
    tags: 0,
    reverts: 0,
    namesNotUtf8: 0,
    datedBeforeParent: 0,
  };
  await importHistory(gitDirectory, (history) =>
    writeCommits(history, createRandom(seed), { commits, people }, truth),
  );
  return truth;
}

function* writeCommits(
  history: FastImport,
  random: Random,
  size: { commits: number; people: number },
  truth: LargeRepositoryTruth,
): Generator<void> {
  const writer = createWriter(history, random, size.people, truth);
  let mainline = writer.commit([], 'Begin');
  while (writer.written() < size.commits) {
    const left = size.commits - writer.written();
    const number = truth.merges + truth.squashes + 1;
    const kind = random.next();
    if (kind < 0.3 && left > 6) {
      let branch = mainline;
      const length = random.integer(1, 5);
      for (let count = 0; count < length; count += 1) branch = writer.commit([branch]);
      // Half of the branches meet a mainline that has gone on meanwhile.
      if (random.chance(0.5)) mainline = writer.commit([mainline]);
      const topic = random.pick(words);
      const message = `Merge pull request #${number} from contributor/${topic}-${number}\n\nImprove the ${topic}\n`;
      mainline = writer.commit([mainline, branch], message);
      truth.merges += 1;
    } else if (kind < 0.7) {
      mainline = writer.commit(
        [mainline],
        `Rework the ${random.pick(words)} (#${number})\n\n* one\n* two\n`,
      );
      truth.squashes += 1;
    } else if (kind < 0.72) {
      const reverted = 'a'.repeat(40);
      mainline = writer.commit(
        [mainline],
        `Revert "Rework the ${random.pick(words)}"\n\nThis reverts commit ${reverted}.\n`,
      );
      truth.reverts += 1;
    } else mainline = writer.commit([mainline]);
    if (writer.written() / 400 > truth.tags + 1) {
      truth.tags += 1;
      writer.tag(`v${truth.tags}.0.0`, mainline);
    }
    yield;
  }
  history.ref('refs/heads/main', mainline);
  yield;
}

interface Writer {
  commit(parents: readonly number[], message?: string): number;
  tag(name: string, mark: number): void;
  written(): number;
}

function createWriter(
  history: FastImport,
  random: Random,
  peopleCount: number,
  truth: LargeRepositoryTruth,
): Writer {
  const people = Array.from({ length: peopleCount }, (_, at) => ({
    // Latin-1 bytes: a lone 0xE9 is not UTF-8.
    name: at % 40 === 7 ? Buffer.from(`Ren\u00e9 ${at}`, 'latin1') : `Contributor ${at}`,
    email: `contributor${at}@example.com`,
  }));
  let seconds = firstCommitSeconds;
  let written = 0;
  const at = (person: (typeof people)[number], when: number): Signature => ({
    name: person.name,
    email: person.email,
    seconds: when,
    offset: random.pick(['+0000', '+0100', '-0700', '+0530']),
  });
  return {
    commit(parents, message) {
      written += 1;
      seconds += random.integer(1, 2 * meanStepSeconds);
      const early = written > 1 && random.chance(0.0006);
      if (early) truth.datedBeforeParent += 1;
      const when = early ? seconds - 40 * 86_400 : seconds;
      const author = random.pick(people);
      if (typeof author.name !== 'string') truth.namesNotUtf8 += 1;
      const isSquash = message?.includes('(#') ?? false;
      return history.commit({
        author: at(author, isSquash ? when : when - random.integer(0, 7_200)),
        committer: at(isSquash ? author : random.pick(people), when),
        message:
          message ??
          `Adjust the ${random.pick(words)} of part ${random.integer(1, 999)}\n\nThe ${random.pick(words)} did not hold what the ${random.pick(words)} expected.\nNow it does.\n`,
        parents,
        files: { [`part-${written % 16}.txt`]: `${written}\n` },
      });
    },
    tag(name, mark) {
      if (random.chance(0.5)) {
        const tagger = { name: 'Release', email: 'release@example.com', seconds: seconds + 60 };
        history.tag(name, mark, tagger, `Release ${name}\n`);
      } else history.ref(`refs/tags/${name}`, mark);
    },
    written: () => written,
  };
}
