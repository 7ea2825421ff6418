import { AdjutantError, type PreviewFact } from '@adjutant/core';
import { z } from 'zod';
import type { GithubAccess } from './access.ts';
import { neutralText } from '../../writing/neutral-text.ts';
import { plain } from '../../writing/preview-facts.ts';
import type { ReadRepository } from './read-repository.ts';

const labelSchema = z.object({
  id: z.number(),
  name: z.string(),
  description: z.string().nullish(),
});
export type ReadLabel = z.infer<typeof labelSchema>;

/**
 * Returns labels of a repository by their names. One that is not there is refused, because GitHub
 * would make it.
 * @throws AdjutantError `InvalidInput`
 */
export async function readLabels(
  access: GithubAccess,
  repository: ReadRepository,
  names: readonly string[],
): Promise<ReadLabel[]> {
  const labels: ReadLabel[] = [];
  for (const name of names) {
    const path = `${repository.path}/labels/${encodeURIComponent(name)}`;
    const label = await access.find(path, labelSchema, 'this label');
    if (label === null) {
      throw new AdjutantError('InvalidInput', `There is no label "${neutralText(name, 50)}".`, {
        source: 'github',
        hint: 'Name labels that the repository has.',
      });
    }
    labels.push(label);
  }
  return labels;
}

/** Returns what each label says of itself: some start a merge or a release. */
export function labelFacts(labels: readonly ReadLabel[]): PreviewFact[] {
  return labels.map(({ name, description }) => {
    const words = neutralText(description ?? '');
    return plain('Label', words === '' ? neutralText(name) : `${neutralText(name)}: ${words}`);
  });
}

/** Returns what a decision is bound to: a label that was deleted and made again is another one. */
export function boundLabels(labels: readonly ReadLabel[]) {
  return labels.map(({ id, name }) => ({ id, name }));
}
