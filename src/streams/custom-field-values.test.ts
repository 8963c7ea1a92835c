import { describe, expect, test } from '@jest/globals';
import type { JsonObject, JsonValue } from '../foundation/json.ts';
import { customFieldLookup } from './custom-field-values.ts';

const { index, fill, idsOf } = customFieldLookup;
const definition = (id: string, fieldKey: string, dataType?: string): JsonObject => ({
  id,
  fieldKey,
  ...(dataType !== undefined && { dataType }),
});
const valuesOf = (definitions: readonly JsonObject[], customFields: JsonValue) =>
  fill({ id: 'c', customFields }, index(definitions))['customFieldValues'];

describe('the values of custom fields', () => {
  test.each<[string, JsonValue, JsonValue]>([
    ['NUMERICAL', '12.5', 12.5],
    ['FLOAT', 3, 3],
    ['MONETORY', '99', 99],
    ['MONETARY', '99', 99],
    ['NUMERICAL', 'many', null],
    ['NUMERICAL', 0, 0],
    ['DATE', '2026-01-02T00:00:00.000Z', '2026-01-02T00:00:00.000Z'],
    ['DATE', Date.parse('2026-01-02T00:00:00.000Z'), '2026-01-02T00:00:00.000Z'],
    ['DATE', 'soon', null],
    ['BOOLEAN', 'true', true],
    ['BOOLEAN', false, false],
    ['CHECKBOX', ['a', 'b'], ['a', 'b']],
    ['CHECKBOX', 'a', ['a']],
    ['MULTIPLE_OPTIONS', ['a'], ['a']],
    ['TEXTBOX_LIST', { one: 'a' }, { one: 'a' }],
    ['FILE_UPLOAD', { f: { url: 'u' } }, { f: { url: 'u' } }],
    ['TEXT', '0012', '0012'],
    ['TEXT', 12, '12'],
    ['TEXT', '', ''],
    ['SOMETHING_NEW', ['a'], '["a"]'],
    ['constructor', 'a', 'a'],
    ['__proto__', ['a'], '["a"]'],
    ['TEXT', null, null],
    ['CHECKBOX', null, null],
  ])('%s %j is %j', (dataType, value, expected) => {
    expect(valuesOf([definition('f1', 'contact.x', dataType)], [{ id: 'f1', value }])).toEqual({
      x: expected,
    });
  });

  test('are text where the field does not say what it is', () => {
    expect(valuesOf([definition('f1', 'contact.x')], [{ id: 'f1', value: 5 }])).toEqual({ x: '5' });
  });

  test('are found by the key without its model, which alone is cut off', () => {
    const definitions = [
      definition('f1', 'contact.budget'),
      definition('f2', 'opportunity.a.b'),
      definition('f3', 'plain'),
    ];
    const fields = ['f1', 'f2', 'f3'].map((id) => ({ id, value: id }));
    expect(valuesOf(definitions, fields)).toEqual({ budget: 'f1', 'a.b': 'f2', plain: 'f3' });
  });

  test('leave out what has no key any more', () => {
    expect(valuesOf([definition('f1', 'contact.x')], [{ id: 'gone', value: 1 }, { value: 2 }])).toEqual({});
    expect(valuesOf([{ id: 'f1' }, { fieldKey: 'contact.x' }], [{ id: 'f1', value: 1 }])).toEqual({});
  });

  test.each<[JsonValue]>([[null], ['text'], [{}], [['text', null]]])('are none of %j', (customFields) => {
    expect(valuesOf([], customFields)).toEqual({});
    expect(idsOf({ customFields })).toEqual([]);
  });

  test('leave the row as it is otherwise', () => {
    const row = { id: 'c', customFields: [{ id: 'f1', value: '5' }] };
    expect(fill(row, index([definition('f1', 'contact.x', 'NUMERICAL')]))).toEqual({
      ...row,
      customFieldValues: { x: 5 },
    });
    expect(idsOf(row)).toEqual(['f1']);
  });
});
