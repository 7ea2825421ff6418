import type {
  TwinCommit,
  TwinLabel,
  TwinRelease,
  TwinRepository,
  TwinTag,
} from '../../data/records.ts';
import { dateTime, fieldsOf } from '../field-table.ts';
import { nodeId, opaqueId } from '../node-id.ts';
import { webUrl } from './shared.ts';

/** A name in a repository, as the type `Ref` shows it. */
export interface TwinRef {
  type: 'Ref';
  repository: TwinRepository;
  prefix: string;
  name: string;
  target: TwinCommit | TwinTagObject;
}

/** An annotated tag. */
export interface TwinTagObject {
  type: 'Tag';
  repository: TwinRepository;
  tag: TwinTag;
}

export function tagRef(repository: TwinRepository, tag: TwinTag): TwinRef {
  const target = tag.tagger === null ? tag.commit : { type: 'Tag' as const, repository, tag };
  return { type: 'Ref', repository, prefix: 'refs/tags/', name: tag.name, target };
}

export function branchRef(repository: TwinRepository): TwinRef | null {
  const target = repository.commits.get(repository.headOid ?? '');
  if (target === undefined) return null;
  const name = repository.defaultBranch;
  return { type: 'Ref', repository, prefix: 'refs/heads/', name, target };
}

export function refsOf(repository: TwinRepository, prefix: string | null | undefined): TwinRef[] {
  const branch = branchRef(repository);
  const tags = repository.tags.map((tag) => tagRef(repository, tag));
  return [...(branch === null ? [] : [branch]), ...tags].filter((ref) => ref.prefix === prefix);
}

export const refFields = fieldsOf<TwinRef>({
  id: ({ repository, prefix, name }) => opaqueId('Ref', repository.id, `${prefix}${name}`),
  name: ({ name }) => name,
  prefix: ({ prefix }) => prefix,
  repository: ({ repository }) => repository,
  target: ({ target }) => target,
});

/** Annotated tags have no commit name in the twin's data, so one is made from theirs. */
export const tagFields = fieldsOf<TwinTagObject>({
  id: ({ repository, tag }) => opaqueId('Tag', repository.id, tag.name),
  name: ({ tag }) => tag.name,
  message: ({ tag }) => tag.message,
  repository: ({ repository }) => repository,
  tagger: ({ tag }) => tag.tagger,
  target: ({ tag }) => tag.commit,
});

export const labelFields = fieldsOf<TwinLabel>({
  id: ({ id }) => opaqueId('Label', id),
  name: ({ name }) => name,
  color: ({ color }) => color,
  description: ({ description }) => description,
  isDefault: () => false,
});

export const releaseFields = fieldsOf<TwinRelease>({
  id: (release) => nodeId(release),
  databaseId: ({ id }) => id,
  name: ({ name }) => name,
  tagName: ({ tag }) => tag.name,
  tag: ({ repository, tag }) => tagRef(repository, tag),
  tagCommit: ({ tag }) => tag.commit,
  description: ({ description }) => description,
  isDraft: ({ isDraft }) => isDraft,
  isPrerelease: ({ isPrerelease }) => isPrerelease,
  isLatest: (release) =>
    release ===
    release.repository.releases.findLast(({ isDraft, isPrerelease }) => !isDraft && !isPrerelease),
  createdAt: ({ createdAt }) => dateTime(createdAt),
  publishedAt: ({ publishedAt }) => dateTime(publishedAt),
  updatedAt: ({ createdAt }) => dateTime(createdAt),
  repository: ({ repository }) => repository,
  author: ({ author, id }, _, context) =>
    author?.type === 'User' ? context.actorOf(author, `Release ${id}`) : null,
  url: ({ repository, tag }, _, context) =>
    webUrl(context, repository.owner.login, repository.name, 'releases', 'tag', tag.name),
});
