import type { Batch } from '@adjutant/core';
import { standingGaps } from './end-pass.ts';
import { recordsOfIds } from './make-records.ts';
import { createPageSize } from './page-size.ts';
import type { TrackedPass } from './tracked-stream.ts';
import { mergeTrouble, troubleGaps } from './trouble-gaps.ts';

const recordsPerBatch = 100;

/** Reads things by their node ids, such as those that a webhook named; the pass state stays. */
export async function* readByIds<Node>(
  pass: TrackedPass<Node>,
  ids: readonly string[],
): AsyncGenerator<Batch> {
  const { client, stream } = pass;
  let { trouble } = pass.state;
  const size = createPageSize(stream.kind.page);
  for (let at = 0; at === 0 || at < ids.length; at += recordsPerBatch) {
    const made = await recordsOfIds(client, stream.kind, size, ids.slice(at, at + recordsPerBatch));
    const damaged = new Set(made.trouble.map(({ id }) => id));
    const healed = new Set([...made.updated.keys(), ...made.gone]);
    trouble = mergeTrouble(trouble, healed, made.trouble);
    yield {
      records: made.records.filter(({ externalId }) => !damaged.has(externalId)),
      tombstones: [...made.gone].toSorted(),
      state: { ...pass.state, trouble },
      complete: at + recordsPerBatch >= ids.length,
      gaps: [...standingGaps(stream, pass.state), ...troubleGaps(trouble, stream.kind.plural)],
    };
  }
}
