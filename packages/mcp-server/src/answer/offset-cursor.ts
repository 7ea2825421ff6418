import { AdjutantError } from '@adjutant/core/ports';

const form = /^o\.(\d{1,9})$/;

/** Returns the opaque cursor for what lies behind an offset; null where nothing does. */
export function offsetCursor(nextOffset: number, total: number): string | null {
  if (nextOffset >= total) return null;
  return Buffer.from(`o.${nextOffset}`).toString('base64url');
}

/** Returns the offset that a cursor stands for. @throws AdjutantError `InvalidInput` */
export function cursorOffset(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const offset = form.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1];
  if (offset === undefined) {
    throw new AdjutantError('InvalidInput', 'The cursor is not one that this tool gave out.', {
      hint: 'Pass next_cursor of the previous answer unchanged, or leave cursor out.',
    });
  }
  return Number(offset);
}
