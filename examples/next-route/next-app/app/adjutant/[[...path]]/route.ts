import { answer } from '../gateway.ts';

/** A store is a file, and a driver of Node's reads it. */
export const runtime = 'nodejs';
/** No answer is anybody else's, so none is kept. */
export const dynamic = 'force-dynamic';

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
