import { isJsonContentType } from '@modelcontextprotocol/server';
import { refusal } from './refusal.ts';

const answerTypes = ['application/json', 'text/event-stream'];

/** Returns why a request has no form that this transport knows; null where it has one. */
export function refusedForm(request: Request): Response | null {
  if (request.method !== 'POST') {
    // Sessions and streams opened by GET belong to servers that keep state.
    return refusal(405, 'Only POST is answered here.', { allow: 'POST' });
  }
  if (!isJsonContentType(request.headers.get('content-type'))) {
    return refusal(415, 'Content-Type must be application/json.');
  }
  const accept = request.headers.get('accept');
  if (accept !== null && !answerTypes.every((type) => accepts(accept, type))) {
    return refusal(406, `Accept must allow ${answerTypes.join(' and ')}.`);
  }
  return null;
}

function accepts(accept: string, type: string): boolean {
  const anySubtype = `${type.split('/')[0]}/*`;
  return accept.split(',').some((range) => {
    const name = range.split(';')[0]?.trim().toLowerCase() ?? '';
    return name === type || name === anySubtype || name === '*/*';
  });
}
