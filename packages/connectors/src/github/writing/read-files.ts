import { z } from 'zod';
import type { GithubAccess } from './access.ts';
import type { ReadRepository } from './read-repository.ts';

const pageSize = 100;
const mostPages = 30;
const filesSchema = z.array(
  z.object({ filename: z.string(), previous_filename: z.string().nullish() }),
);

/** Returns the paths that a pull request touches, old names included; not all where there are too many. */
export async function readFiles(
  access: GithubAccess,
  { path }: ReadRepository,
  number: number,
): Promise<{ paths: string[]; isComplete: boolean }> {
  const paths = new Set<string>();
  for (let page = 1; page <= mostPages; page += 1) {
    const list = await access.get(
      `${path}/pulls/${number}/files`,
      filesSchema,
      'the files of this pull request',
      { per_page: pageSize, page },
    );
    for (const { filename, previous_filename: former } of list) {
      paths.add(filename);
      if (typeof former === 'string') paths.add(former);
    }
    if (list.length < pageSize) return { paths: [...paths], isComplete: true };
  }
  return { paths: [...paths], isComplete: false };
}
