import { Transform, type TransformCallback } from 'node:stream';
import { AdjutantError, parseOutsideJson } from '@adjutant/core/ports';
import { type JSONRPCMessage, parseJSONRPCMessage } from '@modelcontextprotocol/server';

/** No message is longer; over HTTP fewer are taken, because strangers send them. @unit bytes */
export const longestLineBytes = 1_048_576;
/** What is kept for the next line; a longer one makes room for itself and gives it back. @unit bytes */
const keptBytes = 65_536;
const newline = 10;

const parseErrorCode = -32_700;
const invalidRequestCode = -32_600;

/** Why a line is no message, as JSON-RPC answers it. */
export interface RefusedLine {
  code: number;
  message: string;
  id: string | number | null;
}

export interface LineReader {
  receive(this: void, message: JSONRPCMessage): void;
  /** Resolves when there is room for the next answer. */
  refuse(this: void, refused: RefusedLine): Promise<void>;
}

/**
 * Reads messages, one a line, from bytes that come as they like. A line that is too long, nested too deeply,
 * or no message is answered, and the next one is read: nothing of it is kept, parsed, or gone down into.
 */
export class MessageLines extends Transform {
  reader: LineReader | null = null;
  #held = Buffer.alloc(keptBytes);
  #length = 0;
  #isTooLong = false;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    void this.#readAll(chunk, done);
  }

  async #readAll(chunk: Buffer, done: TransformCallback): Promise<void> {
    try {
      await this.#read(chunk);
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error('unreadable input'));
    }
  }

  async #read(chunk: Buffer): Promise<void> {
    for (let from = 0; from < chunk.length; ) {
      const end = chunk.indexOf(newline, from);
      const part = chunk.subarray(from, end === -1 ? chunk.length : end);
      from = end === -1 ? chunk.length : end + 1;
      const refused = this.#hold(part) ?? (end === -1 ? null : this.#endLine());
      if (end !== -1) this.#isTooLong = false;
      if (refused !== null) await this.reader?.refuse(refused);
    }
  }

  /** Said as soon as it is so: a line without an end would never be answered. */
  #hold(part: Buffer): RefusedLine | null {
    if (this.#isTooLong) return null;
    const length = this.#length + part.length;
    if (length > longestLineBytes) {
      this.#empty();
      this.#isTooLong = true;
      return refusal(invalidRequestCode, `A message holds at most ${longestLineBytes} bytes.`);
    }
    if (length > this.#held.length) {
      const larger = Buffer.alloc(Math.min(longestLineBytes, 2 * length));
      this.#held.copy(larger, 0, 0, this.#length);
      this.#held = larger;
    }
    part.copy(this.#held, this.#length);
    this.#length = length;
    return null;
  }

  #endLine(): RefusedLine | null {
    if (this.#isTooLong) return null;
    const line = this.#held.toString('utf8', 0, this.#length).trim();
    this.#empty();
    if (line === '') return null;
    const read = readMessage(line);
    if ('refused' in read) return read.refused;
    this.reader?.receive(read.message);
    return null;
  }

  #empty(): void {
    this.#length = 0;
    if (this.#held.length > keptBytes) this.#held = Buffer.alloc(keptBytes);
  }
}

function readMessage(line: string): { message: JSONRPCMessage } | { refused: RefusedLine | null } {
  let value: unknown;
  try {
    value = parseOutsideJson(line);
  } catch (error) {
    const reason = AdjutantError.isInstance(error) ? error.message : 'The line is not valid JSON.';
    return { refused: refusal(parseErrorCode, reason) };
  }
  if (Array.isArray(value)) {
    const reason = 'Batches are not answered here. Send each message by itself.';
    return { refused: refusal(invalidRequestCode, reason) };
  }
  try {
    return { message: parseJSONRPCMessage(value) };
  } catch {
    // Who is sent an answer to an answer would answer that.
    if (isAnswer(value)) return { refused: null };
    const reason = 'This is no message of JSON-RPC 2.0.';
    return { refused: refusal(invalidRequestCode, reason, idOf(value)) };
  }
}

function refusal(code: number, message: string, id: RefusedLine['id'] = null): RefusedLine {
  return { code, message, id };
}

function isAnswer(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('result' in value || 'error' in value);
}

function idOf(value: unknown): RefusedLine['id'] {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  if (typeof id === 'number') return Number.isSafeInteger(id) ? id : null;
  return typeof id === 'string' ? id : null;
}
