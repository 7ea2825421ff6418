/** Bytes stand for themselves, so that names that are not UTF-8 can be written. */
export type Text = string | Uint8Array;

export interface Signature {
  name: Text;
  email: Text;
  /** Epoch seconds; a string is written as it is, so that broken dates can be made. */
  seconds: number | string;
  /** `+0000` unless given. */
  offset?: string;
}

interface ImportedCommit {
  author: Signature;
  committer?: Signature;
  message: Text;
  /** Marks or object ids of the parents, first parent first. */
  parents?: readonly (number | string)[];
  /** Path and content; a path with `null` is deleted. */
  files?: Readonly<Record<string, string | null>>;
}

const buildRef = 'refs/adjutant/build';

/** Writes the input of `git fast-import`: commits by mark, refs and tags. */
export interface FastImport {
  commit(commit: ImportedCommit): number;
  ref(name: string, mark: number | string): void;
  /** An annotated tag. */
  tag(name: string, mark: number | string, tagger: Signature | null, message: Text): void;
  /** Returns what has been written since the last call. */
  take(): Buffer;
  /** Writes the end; without it git takes the input as cut off. */
  finish(): void;
}

function refTo(parent: number | string): string {
  return typeof parent === 'number' ? `:${parent}` : parent;
}

export function createFastImport(): FastImport {
  let pieces: Uint8Array[] = [];
  let marks = 0;
  const write = (...parts: Text[]): void => {
    for (const part of parts) pieces.push(typeof part === 'string' ? Buffer.from(part) : part);
  };
  const writeData = (data: Text): void => {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    write(`data ${bytes.length}\n`, bytes, '\n');
  };
  const writeSignature = (role: string, { name, email, seconds, offset }: Signature): void =>
    write(
      role,
      name.length > 0 ? ' ' : '',
      name,
      ' <',
      email,
      `> ${seconds} ${offset ?? '+0000'}\n`,
    );
  write('feature done\nfeature date-format=raw-permissive\n');
  return {
    commit({ author, committer = author, message, parents = [], files = {} }) {
      marks += 1;
      // A commit without parents would otherwise continue the ref it is written to.
      if (parents.length === 0) write(`reset ${buildRef}\n\n`);
      write(`commit ${buildRef}\nmark :${marks}\n`);
      writeSignature('author', author);
      writeSignature('committer', committer);
      writeData(message);
      parents.forEach((parent, position) =>
        write(position === 0 ? 'from' : 'merge', ` ${refTo(parent)}\n`),
      );
      for (const [path, content] of Object.entries(files)) {
        if (content === null) write(`D ${path}\n`);
        else {
          write(`M 100644 inline ${path}\n`);
          writeData(content);
        }
      }
      write('\n');
      return marks;
    },
    ref(name, mark) {
      write(`reset ${name}\nfrom ${refTo(mark)}\n\n`);
    },
    tag(name, mark, tagger, message) {
      write(`tag ${name}\nfrom ${refTo(mark)}\n`);
      if (tagger !== null) writeSignature('tagger', tagger);
      writeData(message);
    },
    take() {
      const taken = Buffer.concat(pieces);
      pieces = [];
      return taken;
    },
    finish() {
      if (marks > 0) write(`reset ${buildRef}\nfrom ${'0'.repeat(40)}\n\n`);
      write('done\n');
    },
  };
}
