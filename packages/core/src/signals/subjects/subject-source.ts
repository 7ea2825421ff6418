import type { SignalSubjectKind, SignalSubjects } from '../../domain/signal-subjects/index.ts';
import type { SubjectContext } from '../subject-context.ts';

/** Reads all subjects of one kind, in a settled order. Yields between parts that take long. */
export type SubjectLoader<Kind extends SignalSubjectKind> = (
  context: SubjectContext,
) => Promise<SignalSubjects[Kind][]>;
