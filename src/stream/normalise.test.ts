import { describe, expect, test } from '@jest/globals';
import { contacts } from '../streams/contacts.ts';
import { customFields } from '../streams/custom-fields.ts';
import { opportunities } from '../streams/opportunities.ts';
import type { JsonObject } from '../foundation/json.ts';
import type { StreamDefinition } from './definition.ts';
import { createNormaliser, type NormalisedRecord } from './normalise.ts';

const normalise = (
  stream: StreamDefinition,
  raw: JsonObject,
  options: { readonly additionalFields?: 'keep' | 'drop'; readonly selected?: ReadonlySet<string> } = {},
): NormalisedRecord =>
  createNormaliser({
    ...stream,
    additionalFields: options.additionalFields ?? 'keep',
    selected: options.selected,
  })(stream.prepare?.(raw) ?? raw, { location_id: 'L1' });

describe('a row becomes a record', () => {
  test('under snake_case names, with the location it was read from', () => {
    const { data, changes } = normalise(contacts, { id: 'c1', firstName: 'Alex', locationId: 'L1' });
    expect(data).toEqual({ id: 'c1', first_name: 'Alex', location_id: 'L1' });
    expect(changes).toEqual([]);
  });

  test.each([
    [null, null, null],
    [1363132800000, 1363132800000, '2013-03-13'],
    ['2013-03-13', 1363132800000, '2013-03-13'],
    ['2013-03-13T00:00:00.000Z', 1363132800000, '2013-03-13'],
  ])('with a date of birth of %j as milliseconds and as a day', (raw, epochMs, day) => {
    const { data } = normalise(contacts, { id: 'c1', dateOfBirth: raw });
    expect(data).toMatchObject({ date_of_birth: epochMs, birth_date: day });
  });

  test('what does not fit its column is null, named, and kept as it was', () => {
    const { data, changes } = normalise(contacts, { id: 'c1', dnd: 'perhaps', tags: ['a', { b: 1 }] });
    expect(data).toMatchObject({
      dnd: null,
      tags: ['a', null],
      additional_fields: { dnd: 'perhaps', tags: ['a', { b: 1 }] },
    });
    expect(changes.map(({ field }) => field).sort()).toEqual(['dnd', 'tags']);
  });

  test('what no column declares is kept, what is paging or a credential is not', () => {
    const { data } = normalise(contacts, {
      id: 'c1',
      searchAfter: [1, 'c1'],
      ssn: '000-00-0000',
      newFeature: { apiKey: 'k', level: 3, headers: { Authorization: 'Bearer x', accept: 'json' } },
    });
    expect(data['additional_fields']).toEqual({ newFeature: { level: 3, headers: { accept: 'json' } } });
  });

  test('without additional fields when the user wants none', () => {
    const { data } = normalise(contacts, { id: 'c1', newFeature: 1 }, { additionalFields: 'drop' });
    expect(data).toEqual({ id: 'c1', location_id: 'L1' });
  });

  test('with the selected columns only', () => {
    const { data } = normalise(
      contacts,
      { id: 'c1', email: 'a@example.com', phone: '1', newFeature: 1 },
      { selected: new Set(['id', 'location_id', 'email']) },
    );
    expect(data).toEqual({ id: 'c1', location_id: 'L1', email: 'a@example.com' });
  });

  test('a second name of a column does not hide the first, and is kept', () => {
    const { data } = normalise(contacts, { id: 'c1', address: null, address1: '1 Way' });
    expect(data).toMatchObject({ address: '1 Way' });
    expect(normalise(contacts, { id: 'c1', address: '1 Way', address1: '2 Way' }).data).toMatchObject({
      address: '1 Way',
      additional_fields: { address1: '2 Way' },
    });
  });

  test('a key named __proto__ stays a key', () => {
    const raw: unknown = JSON.parse('{"id":"c1","__proto__":{"polluted":true},"x":{"__proto__":1}}');
    const { data } = normalise(contacts, raw as JsonObject);
    expect(JSON.stringify(data['additional_fields'])).toBe(
      '{"__proto__":{"polluted":true},"x":{"__proto__":1}}',
    );
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('values that vary', () => {
  test.each([
    [{ id: 'f', value: 'text' }, 'text'],
    [{ id: 'f', value: 13 }, '13'],
    [{ id: 'f', value: ['A', 'B'] }, '["A","B"]'],
    [{ id: 'f', value: true }, 'true'],
    [{ id: 'f', value: { u: { url: 'x' } } }, '{"u":{"url":"x"}}'],
    [{ id: 'f', value: null }, null],
    [{ id: 'f', fieldValue: 'by id' }, 'by id'],
  ])('a contact custom field %j has the value %j', (raw, value) => {
    const { data, changes } = normalise(contacts, { id: 'c1', customFields: [raw] });
    expect(data['custom_fields']).toEqual([{ id: 'f', value }]);
    expect(changes).toEqual([]);
  });

  test.each([
    [{ id: 'f', type: 'string', fieldValueString: 'a' }, 'a'],
    [{ id: 'f', type: 'number', fieldValueNumber: 3 }, '3'],
    [{ id: 'f', type: 'date', fieldValueDate: 1735689600000 }, '1735689600000'],
    [{ id: 'f', type: 'array', fieldValueArray: ['A'] }, '["A"]'],
    [{ id: 'f', field_value: 'w' }, 'w'],
  ])('an opportunity custom field %j has the value %j', (raw, value) => {
    const { data } = normalise(opportunities, { id: 'o1', customFields: [raw] });
    expect(data['custom_fields']).toMatchObject([{ id: 'f', field_value: value }]);
  });

  test.each([
    [[], []],
    [['a@x.example'], [{ email: 'a@x.example' }]],
    [
      [{ email: 'a@x.example', validEmailDate: null, label: 'home' }],
      [{ email: 'a@x.example', valid_email_date: null, label: 'home' }],
    ],
  ])('additional e-mails %j become objects', (raw, expected) => {
    expect(normalise(contacts, { id: 'c1', additionalEmails: raw }).data['additional_emails']).toEqual(
      expected,
    );
  });

  test('the opportunities of a contact become JSON text', () => {
    const { data } = normalise(contacts, { id: 'c1', opportunities: [{ id: 'o1', monetaryValue: 5 }] });
    expect(data['opportunities']).toBe('[{"id":"o1","monetaryValue":5}]');
  });

  test('an amount is a text for the catalog and a number for people who compute', () => {
    const { data } = normalise(opportunities, { id: 'o1', monetaryValue: 1234.5 });
    expect(data).toMatchObject({ monetary_value: '1234.5', monetary_value_number: 1234.5 });
  });

  test('an opportunity without a contact takes that of its primary relation', () => {
    const relations = [{ objectKey: 'contact', primary: true, recordId: 'c9' }];
    expect(normalise(opportunities, { id: 'o1', relations }).data['contact_id']).toBe('c9');
    expect(normalise(opportunities, { id: 'o1', contactId: 'c1', relations }).data['contact_id']).toBe('c1');
  });

  test('notes and tasks are texts, whatever the API sends', () => {
    const { data } = normalise(opportunities, { id: 'o1', notes: ['n1', { id: 'n2' }], tasks: [] });
    expect(data).toMatchObject({ notes: ['n1', '{"id":"n2"}'], tasks: [] });
  });

  test('options of a custom field are their labels, with the objects beside them', () => {
    const options = [{ id: '1', label: 'Yes', prefillValue: 'y' }];
    expect(normalise(customFields, { id: 'f', picklistOptions: options }).data).toMatchObject({
      picklist_options: ['Yes'],
      picklist_option_details: [{ id: '1', label: 'Yes', prefill_value: 'y' }],
    });
    expect(normalise(customFields, { id: 'f', picklistOptions: ['Yes'] }).data).toMatchObject({
      picklist_options: ['Yes'],
      picklist_option_details: null,
    });
  });
});
