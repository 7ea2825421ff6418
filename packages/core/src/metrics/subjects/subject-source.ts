import type { SQL } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { Window } from '../../domain.ts';
import type { ReadContext } from '../../reads/read-context.ts';

/** Where the rows of a metric's subject lie, and which of them the viewer's team sees. */
export interface SubjectSource {
  /** A table or query named `f`. */
  from: SQL;
  where: SQL;
  /** Null where a row belongs to no repository: a figure of one repository then has no such row. */
  repositoryColumn: string | null;
  /** How a row without a column of its own is told to be of a repository, through what it is linked with. */
  isOfRepository?(externalId: string): SQL;
  /** What is said of every figure of one team or repository alone. */
  partialCaveat?: string;
  columnOf(name: string): string;
  /**
   * Rows per query: large enough to be fast, small enough not to hold the event loop. What is joined
   * together is read at once, because each further chunk would join it all again.
   */
  chunkSize: number;
}

/** A window, and the column whose instants lie in it where nothing else is read. */
export interface SubjectSpan extends Window {
  column?: string;
}

/** Returns the source of one subject for a viewer and a window; what costs is joined only for `columns` that want it. */
export type SubjectLoader = (
  context: ReadContext,
  span: SubjectSpan,
  columns?: readonly string[],
) => SubjectSource | Promise<SubjectSource>;

/** Returns the column that a field is stored in, of `f` unless told. */
export function columnOfField(name: string, alias = 'f'): string {
  return `${alias}.${toSnakeCase(name)}`;
}
