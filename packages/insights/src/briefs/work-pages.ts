import { repositoryPage, workPage } from '../report/code-host.ts';
import type { BriefReader } from './brief-reader.ts';

/** Where the pages of work are, at hosts whose addresses are known. */
export interface WorkPages {
  /** Returns the page of `shop#12` in a repository; null where it is not known. */
  of(repository: string | null, key: string): string | null;
}

/** Returns the pages of a workspace's repositories. */
export async function workPages(handle: BriefReader): Promise<WorkPages> {
  const repositories = await handle.repositories();
  const pages = new Map(
    repositories.flatMap(({ name, fullName, url }): [string, string][] => {
      const page = repositoryPage(url);
      if (page === null) return [];
      return [
        [name, page],
        [fullName ?? name, page],
      ];
    }),
  );
  return {
    of(repository, key) {
      const page = repository === null ? null : (pages.get(repository) ?? null);
      const number = key.lastIndexOf('#');
      return workPage(page, number < 0 ? key : key.slice(number));
    },
  };
}
