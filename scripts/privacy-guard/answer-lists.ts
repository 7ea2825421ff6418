/** A list in an answer of a tool whose items name a person and hold a number. */
export interface PeopleList {
  path: string;
  persons: string[];
  figures: string[];
}

const personField =
  /^(?:person|person_id|people|author|assignee|reviewer|actor|login|account|requester|sponsor|decided_by|owner)$/;
/** Lists whose items are people themselves, so that `name` and `id` name them. */
const ofPeople =
  /(?:^|_)(?:people|persons|members|authors|reviewers|contributors|assignees|accounts)$/;

/** Returns such lists of a JSON Schema, by their paths. */
export function peopleLists(schema: unknown, path = '', isOfPeople = false): PeopleList[] {
  const { items, properties } = partsOf(schema);
  if (items !== undefined) return listOf(items, `${path}[]`, isOfPeople);
  return Object.entries(partsOf(properties)).flatMap(([name, value]) =>
    peopleLists(value, path === '' ? name : `${path}.${name}`, ofPeople.test(name)),
  );
}

function listOf(items: unknown, path: string, isOfPeople: boolean): PeopleList[] {
  const fields = Object.entries(partsOf(partsOf(items)['properties']));
  const persons = fields
    .map(([name]) => name)
    .filter((name) => personField.test(name) || (isOfPeople && /^(?:name|id)$/.test(name)));
  const figures = fields.filter(([, value]) => isNumber(value)).map(([name]) => name);
  const isFound = persons.length > 0 && figures.length > 0;
  return [
    ...(isFound ? [{ path, persons, figures }] : []),
    ...fields.flatMap(([name, value]) =>
      peopleLists(value, `${path}.${name}`, ofPeople.test(name)),
    ),
  ];
}

function isNumber(schema: unknown): boolean {
  const { type, anyOf } = partsOf(schema);
  const types = Array.isArray(type) ? type : [type];
  if (types.includes('number') || types.includes('integer')) return true;
  return Array.isArray(anyOf) && anyOf.some(isNumber);
}

function partsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value))
    : {};
}
