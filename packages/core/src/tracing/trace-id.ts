import { createHash } from 'node:crypto';
import { createIdentifier } from '../store/identifier.ts';

const traceIdPattern = /^(?!0{32})[0-9a-f]{32}$/;

/** Returns a new trace id in the form that tracing systems have: thirty-two hexadecimal digits. */
export function createTraceId(): string {
  return createIdentifier().replaceAll('-', '');
}

/**
 * Returns a trace id as tracing systems have it. One that is a UUID loses its hyphens; any other
 * words of a caller give the same id each time, and are not passed on.
 */
export function spanTraceId(traceId: string): string {
  const plain = traceId.replaceAll('-', '').toLowerCase();
  return traceIdPattern.test(plain) ? plain : digits(`trace ${traceId}`, 32);
}

/**
 * Returns the id of the span that all spans of an action have as their parent. Nobody ever starts
 * it: it is made of the action's id, so that every process knows it and none has to store it.
 */
export function actionSpanId(actionId: string): string {
  return digits(`action ${actionId}`, 16);
}

function digits(text: string, count: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, count);
}
