const major = { unsigned: 0, negative: 1, bytes: 2, text: 3, map: 5 };

/**
 * Writes integers, text, bytes and maps as CBOR, in the order given.
 *
 * @source RFC 8949
 */
export function encodeCbor(value: unknown): Buffer {
  if (typeof value === 'number') {
    return value >= 0 ? head(major.unsigned, value) : head(major.negative, -1 - value);
  }
  if (typeof value === 'string') {
    const text = Buffer.from(value, 'utf8');
    return Buffer.concat([head(major.text, text.length), text]);
  }
  if (Buffer.isBuffer(value)) return Buffer.concat([head(major.bytes, value.length), value]);
  if (value instanceof Map) {
    const pairs = [...value].flatMap(([key, member]) => [encodeCbor(key), encodeCbor(member)]);
    return Buffer.concat([head(major.map, value.size), ...pairs]);
  }
  throw new TypeError(`A test authenticator does not write a ${typeof value}.`);
}

function head(type: number, length: number): Buffer {
  const first = type << 5;
  if (length < 24) return Buffer.from([first | length]);
  if (length < 256) return Buffer.from([first | 24, length]);
  const buffer = Buffer.alloc(3);
  buffer.writeUInt8(first | 25, 0);
  buffer.writeUInt16BE(length, 1);
  return buffer;
}
