import type { Batch } from '@adjutant/core';
import { z } from 'zod';
import type { UnreadableDocument } from './read-document-text.ts';

/** What keeps documents from being read. */
export type DocumentTrouble =
  | UnreadableDocument
  | 'link'
  | 'submodule'
  | 'odd_path'
  | 'missing'
  | 'not_given'
  | 'not_listed'
  | 'too_many';

const messages: Record<DocumentTrouble, string> = {
  binary: 'These documents hold bytes that are no text, and are not answered from.',
  not_utf8: 'These documents are not written in UTF-8, and are not answered from.',
  large_file_pointer:
    'These documents are kept as large files outside the repository (LFS), and are not answered from.',
  too_long: 'These documents are longer than is read, and are not answered from.',
  link: 'These documents are symbolic links, which are not followed.',
  submodule:
    'These folders of documents are repositories of their own; name them to have them read.',
  odd_path: 'These documents have paths that cannot be shown, and are not answered from.',
  missing: 'This clone lacks the content of these documents, and nothing is fetched for it.',
  not_given: 'GitHub does not give the content of these documents; they are as last read.',
  not_listed:
    'The repository has more files than are listed at once; documents among the others are not read.',
  too_many: 'There are more documents than are read of one repository; the others are left out.',
};

const countsSchema = z.record(z.string(), z.number().int());

/** Counts what could not be read, and tells it as gaps. */
export class DocumentTroubles {
  readonly #counts = new Map<DocumentTrouble, number>();

  /** Takes up what an earlier pass noted, for one that finds nothing changed. */
  static of(counts: unknown): DocumentTroubles {
    const troubles = new DocumentTroubles();
    const parsed = countsSchema.safeParse(counts);
    for (const [name, count] of Object.entries(parsed.success ? parsed.data : {})) {
      if (isTrouble(name)) troubles.note(name, count);
    }
    return troubles;
  }

  /** What `of` takes up, in an order of its own. */
  counts(): Record<string, number> {
    return Object.fromEntries(
      [...this.#counts].toSorted(([left], [right]) => (left < right ? -1 : 1)),
    );
  }

  note(trouble: DocumentTrouble, count = 1): void {
    this.#counts.set(trouble, (this.#counts.get(trouble) ?? 0) + count);
  }

  gaps(): Batch['gaps'] {
    return [...this.#counts]
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([trouble, affectedCount]) => ({
        code: `documents_${trouble}`,
        message: messages[trouble],
        // How many are not listed is not known.
        affectedCount: trouble === 'not_listed' ? null : affectedCount,
        // No figure is made of documents.
        touches: [],
      }));
  }
}

function isTrouble(name: string): name is DocumentTrouble {
  return Object.hasOwn(messages, name);
}
