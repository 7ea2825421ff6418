const form = /^\d{1,12}\.\d{1,9}$/;

/** Returns the instant of a message's `ts`; null where it is none. */
export function instantOf(ts: string): number | null {
  return form.test(ts) ? Math.floor(Number(ts) * 1_000) : null;
}

/** Returns an instant as Slack writes it in a request. */
export function timestampOf(instant: number): string {
  return (Math.max(0, instant) / 1_000).toFixed(6);
}

/** Compares two of them by time: their digits after the point tell messages of one second apart. */
export function compareTimestamps(left: string, right: string): number {
  const [leftSeconds = '', leftRest = ''] = left.split('.');
  const [rightSeconds = '', rightRest = ''] = right.split('.');
  const bySeconds = Number(leftSeconds) - Number(rightSeconds);
  return bySeconds === 0 ? Number(`0.${leftRest}`) - Number(`0.${rightRest}`) : bySeconds;
}
