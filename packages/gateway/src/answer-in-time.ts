/** Unless told otherwise. @unit milliseconds */
const defaultTimeoutMs = 30_000;

/** Waits by itself, for a decision of a person, and has its own bounds. */
const patientPaths: ReadonlySet<string> = new Set(['/mcp']);

/**
 * Returns what the work answers, or what stands for an answer that took too long. Only the head of an
 * answer is waited for: a stream of events goes on as long as somebody listens.
 */
export async function answerInTime(
  request: Request,
  timeoutMs: number | undefined,
  work: () => Promise<Response>,
  late: () => Response,
): Promise<Response> {
  if (patientPaths.has(URL.parse(request.url)?.pathname ?? '')) return work();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ended = new Promise<Response>((resolve) => {
    timer = setTimeout(() => resolve(late()), timeoutMs ?? defaultTimeoutMs);
  });
  try {
    return await Promise.race([work(), ended]);
  } finally {
    clearTimeout(timer);
  }
}
