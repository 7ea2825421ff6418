import { AdjutantError, parseOutsideJson } from '@adjutant/core/ports';
import { readRequestBody } from '@modelcontextprotocol/server';
import { refusal } from './refusal.ts';

const parseErrorCode = -32_700;

/**
 * Reads the one body of a request, once and never further than the limit. @returns what it says, or
 * why it is refused
 */
export async function readMessage(
  request: Request,
  maxBodyBytes: number,
): Promise<{ message: unknown } | { refused: Response }> {
  const body = await readRequestBody(request, maxBodyBytes);
  if (body.tooLarge) {
    return { refused: refusal(413, `The body may hold at most ${maxBodyBytes} bytes.`) };
  }
  try {
    return { message: parseOutsideJson(body.text) };
  } catch (error) {
    if (AdjutantError.isInstance(error)) {
      return { refused: refusal(400, error.message, {}, { code: parseErrorCode }) };
    }
    return { refused: refusal(400, 'The body is not valid JSON.', {}, { code: parseErrorCode }) };
  }
}
