import { createHash } from 'node:crypto';
import { AdjutantError } from '@adjutant/core/ports';
import { toInstant } from './instants.ts';
import type { GitRepository } from './open-repository.ts';
import { boundedText } from '../commits/text.ts';

const maxNameLength = 160;
const prefix = 'refs/tags/';

export interface Tag {
  /** Bounded, and unique in the repository even where the true name is not UTF-8. */
  name: string;
  /** The commit that it names. */
  sha: string;
  /** When it was made: the tagger's date, or the commit's where the tag is only a name. */
  taggedAt: number | null;
}

export interface Tags {
  tags: readonly Tag[];
  /** Tags that name no commit that is here. */
  unreadableCount: number;
}

/** Returns all tags with the commits they name. */
export async function listTags(repository: GitRepository): Promise<Tags> {
  const found = await listWithDates(repository);
  const open = found.filter((tag) => tag.commit === null).map((tag) => tag.object);
  const peeled = await peelToCommits(repository, open);
  const tags: Tag[] = [];
  for (const { name, object, commit, taggedAt } of found) {
    const sha = commit ?? peeled.get(object);
    if (sha !== undefined) tags.push({ name, sha, taggedAt });
  }
  await dateByCommit(repository, tags);
  return { tags, unreadableCount: found.length - tags.length };
}

interface FoundTag {
  name: string;
  object: string;
  commit: string | null;
  taggedAt: number | null;
}

const fields = [
  '%(refname)',
  '%(objectname)',
  '%(objecttype)',
  '%(*objectname)',
  '%(*objecttype)',
  '%(creatordate:unix)',
];

async function listWithDates(repository: GitRepository): Promise<FoundTag[]> {
  try {
    return await listRefs(repository, fields);
  } catch (error) {
    if (!AdjutantError.isInstance(error) || error.code !== 'Upstream') throw error;
    // One tag whose object is missing makes git refuse all; names alone need no object.
    return await listRefs(repository, fields.slice(0, 2));
  }
}

async function listRefs(repository: GitRepository, asked: readonly string[]): Promise<FoundTag[]> {
  const { output } = await repository.run({
    arguments: ['for-each-ref', `--format=${asked.join('%00')}`, prefix],
  });
  const found: FoundTag[] = [];
  for (let start = 0; start < output.length; ) {
    const end = output.indexOf('\n', start);
    const line = output.subarray(start, end === -1 ? output.length : end);
    start += line.length + 1;
    const nameEnd = line.indexOf(0);
    if (nameEnd === -1) continue;
    const [object = '', type = '', target = '', targetType = '', date = ''] = line
      .toString('latin1', nameEnd + 1)
      .split('\0');
    const commit = type === 'commit' ? object : targetType === 'commit' ? target : null;
    const taggedAt = date === '' ? null : toInstant(Number(date));
    found.push({
      name: shownName(line.subarray(prefix.length, nameEnd)),
      object,
      commit,
      taggedAt,
    });
  }
  return found;
}

/** Two names that read alike once decoded or cut must stay two. */
function shownName(bytes: Buffer): string {
  const name = bytes.toString('utf8');
  if (!name.includes('\uFFFD') && name.length <= maxNameLength) return name;
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  return `${boundedText(name, maxNameLength - 13)}~${digest}`;
}

async function peelToCommits(
  repository: GitRepository,
  objects: readonly string[],
): Promise<Map<string, string>> {
  const commits = new Map<string, string>();
  if (objects.length === 0) return commits;
  const { output } = await repository.run({
    arguments: ['cat-file', '--batch-check=%(objectname) %(objecttype)'],
    input: objects.map((object) => `${object}^{commit}\n`).join(''),
  });
  output
    .toString('latin1')
    .split('\n')
    .forEach((line, at) => {
      const [sha = '', type] = line.split(' ');
      const object = objects[at];
      if (type === 'commit' && object !== undefined) commits.set(object, sha);
    });
  return commits;
}

async function dateByCommit(repository: GitRepository, tags: Tag[]): Promise<void> {
  const undated = tags.filter(({ taggedAt }) => taggedAt === null);
  if (undated.length === 0) return;
  const { output } = await repository.run({
    arguments: ['log', '--no-walk=unsorted', '--format=%H %ct', '--no-show-signature', '--stdin'],
    input: undated.map(({ sha }) => `${sha}\n`).join(''),
  });
  const dates = new Map<string, number | null>();
  for (const line of output.toString('latin1').split('\n')) {
    const [sha = '', seconds = ''] = line.split(' ');
    dates.set(sha, toInstant(seconds === '' ? null : Number(seconds)));
  }
  for (const tag of undated) tag.taggedAt = dates.get(tag.sha) ?? null;
}
