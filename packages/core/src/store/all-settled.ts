type Values<Promises> = { -readonly [Index in keyof Promises]: Awaited<Promises[Index]> };

/**
 * Returns what the promises give, once all of them have ended; then the first that failed is thrown.
 * For work in one transaction: what still runs after its rollback would be written without it.
 */
export async function allSettled<Promises extends readonly PromiseLike<unknown>[] | []>(
  promises: Promises,
): Promise<Values<Promises>> {
  // Asked once each: a query of the builder runs whenever somebody waits for it.
  const settled = await Promise.allSettled(promises);
  const values = settled.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
  return values as Values<Promises>;
}
