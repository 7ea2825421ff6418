/**
 * Writes what is read, one after the other and in its order, while the next is already being read
 * and prepared: reading waits for a source, writing for a disk, and neither need wait for the other.
 * Never more than one is ahead. What fails while it is ahead is told after what came before it is
 * written. Where writing fails, nobody waits for what is still being read: the source ends after it.
 * After what `goesOn` says no to, nothing more is read. Returns whether the source came to its end.
 */
export async function readAhead<Read, Prepared>(
  source: AsyncIterable<Read>,
  prepare: (read: Read) => Promise<Prepared>,
  write: (prepared: Prepared) => Promise<void>,
  goesOn: (prepared: Prepared) => boolean = () => true,
): Promise<boolean> {
  const iterator = source[Symbol.asyncIterator]();
  const takeNext = async (): Promise<{ prepared: Prepared } | null> => {
    const result = await iterator.next();
    return result.done === true ? null : { prepared: await prepare(result.value) };
  };
  let next = takeNext();
  let isWhole = false;
  try {
    for (let taken = await next; taken !== null; taken = await next) {
      if (!goesOn(taken.prepared)) {
        await write(taken.prepared);
        return false;
      }
      const writing = write(taken.prepared);
      next = takeNext();
      // Its failure is told when its turn comes.
      next.catch(() => undefined);
      await writing;
    }
    isWhole = true;
    return true;
  } finally {
    if (!isWhole) void iterator.return?.().catch(() => undefined);
  }
}
