export type CelType = 'bool' | 'double' | 'string' | 'list<string>' | 'map<string, dyn>';

/** Something that an expression can name. */
export interface CelVariable<Subject> {
  type: CelType;
  /** Returns what it is; null where it is not known. */
  read(this: void, subject: Subject): unknown;
  /** The only texts that it can be, where there are so few: no other may be asked for. */
  values?: readonly string[] | undefined;
}

/** What expressions may name, each with its type and how it is read. */
export type CelVariables<Subject> = ReadonlyMap<string, CelVariable<Subject>>;
