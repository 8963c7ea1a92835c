import type { Random } from './random.ts';

const FIRST_NAMES = (
  'Aaliyah Adrian Aisha Alejandra Amara Anders Anjali Astrid Beatriz Benoît Camila Carmen Chloé Dalia Damien Darius ' +
  'Elena Elif Emeka Fatima Felipe Fiona Gabriela Giulia Hanna Hiro Imani Ingrid Isabel Ivan Jakub Jamal Jasmine João ' +
  'Kaito Karim Katarzyna Kwame Laila Lars Leila Leonie Lucía Mateo Maya Mei Mia Mohammed Nadia Naomi Niamh Noah Olga ' +
  'Omar Paulo Priya Rafael Ravi Rosa Saanvi Samir Sofia Søren Tariq Thandiwe Tomás Valentina Viktor Wei Yara Yusuf Zoe'
).split(' ');
const LAST_NAMES = (
  "Abebe Ahmed Almeida Andersen Bauer Becker Bennett Bianchi Brown Carvalho Chen Cohen Costa D'Angelo Diallo Dubois Edwards " +
  'Fernández Fischer Garcia Gonzalez Haddad Hansen Hughes Ibrahim Jansen Johnson Kaur Khan Kim Kovács Kowalski Larsen Lopez ' +
  'Martin Mbeki Mendoza Meyer Moreau Müller Nakamura Nguyen Novak Nowak Nuñez O’Brien Okafor Olsen Patel Petrov Ramírez Reyes ' +
  'Ricci Rossi Santos Sato Schmidt Silva Singh Smith Suzuki Tanaka Torres Walker Weber Williams Wilson Yamamoto Yilmaz Zhang'
).split(' ');
const COMPANY_WORDS =
  'Alpine Beacon Cedar Copper Harbor Juniper Keystone Lakeside Maple Northwind Orchard Summit'.split(' ');
const TRADES = [
  'Dental',
  'Fitness',
  'Roofing',
  'Law Group',
  'Med Spa',
  'Realty',
  'Solar',
  'Plumbing',
  'Chiropractic',
];
const MAIL_HOSTS = ['example.com', 'example.net', 'example.org', 'mail.example', 'inbox.example'];

export interface Place {
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly timezone: string;
}

const PLACES: readonly Place[] = [
  { city: 'Austin', state: 'TX', postalCode: '78701', timezone: 'America/Chicago' },
  { city: 'Boise', state: 'ID', postalCode: '83702', timezone: 'America/Boise' },
  { city: 'Charlotte', state: 'NC', postalCode: '28202', timezone: 'America/New_York' },
  { city: 'Denver', state: 'CO', postalCode: '80202', timezone: 'America/Denver' },
  { city: 'Fresno', state: 'CA', postalCode: '93721', timezone: 'America/Los_Angeles' },
  { city: 'Honolulu', state: 'HI', postalCode: '96813', timezone: 'Pacific/Honolulu' },
  { city: 'Miami', state: 'FL', postalCode: '33131', timezone: 'America/New_York' },
  { city: 'Tucson', state: 'AZ', postalCode: '85701', timezone: 'America/Phoenix' },
];

export interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly companyName: string | null;
}

export const placeOf = (random: Random): Place => random.pick(PLACES);

export const companyNameOf = (random: Random): string =>
  `${random.pick(COMPANY_WORDS)} ${random.pick(TRADES)}`;

const ascii = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/[^A-Za-z]/g, '')
    .toLowerCase();

/** A number of the range reserved for fiction; the API does not normalise what came in through it. */
const phoneOf = (random: Random): string => {
  const [area, last] = [random.int(201, 989), String(random.int(100, 199))];
  return random.chance(0.05) ? `+1 ${area}-555-0${last}` : `+1${area}5550${last}`;
};

/** A person who is not: names from many places, mail under reserved domains, phone numbers reserved for fiction. */
export const personOf = (random: Random): Person => {
  const [firstName, lastName] = [random.pick(FIRST_NAMES), random.pick(LAST_NAMES)];
  const mailbox = `${ascii(firstName)}.${ascii(lastName)}${random.int(1, 9999)}`;
  return {
    firstName,
    lastName,
    email: random.chance(0.93) ? `${mailbox}@${random.pick(MAIL_HOSTS)}` : null,
    phone: random.chance(0.85) ? phoneOf(random) : null,
    companyName: random.chance(0.3) ? companyNameOf(random) : null,
  };
};
