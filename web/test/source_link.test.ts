import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourceLink } from '../src/client/source_link.js';

const linkTo = (url: string, text: string) => sourceLink({ url }, text);

test('a link quotes the words', () => {
  assert.equal(
    linkTo('https://e.org/a', 'Nairobi is the capital.'),
    'https://e.org/a#:~:text=Nairobi%20is%20the%20capital.',
  );
});

test('what separates the parts of a directive is encoded', () => {
  assert.equal(
    linkTo('https://e.org/', ' sugar-free, salt & tea #1 '),
    'https://e.org/#:~:text=sugar%2Dfree%2C%20salt%20%26%20tea%20%231',
  );
});

test('a long passage is quoted by its ends', () => {
  assert.equal(
    linkTo('https://e.org/', 'one two three four five six seven eight nine ten eleven'),
    'https://e.org/#:~:text=one%20two%20three%20four,eight%20nine%20ten%20eleven',
  );
});

test('an anchor and a directive of the address stay', () => {
  assert.equal(linkTo('https://e.org/#top', 'a b'), 'https://e.org/#top:~:text=a%20b');
  assert.equal(linkTo('https://e.org/#:~:text=x', 'a b'), 'https://e.org/#:~:text=x&text=a%20b');
});

test('of several lines the first is quoted, and white space counts once', () => {
  assert.equal(linkTo('https://e.org/', '\n a \t b\nc'), 'https://e.org/#:~:text=a%20b');
});

test('a passage without words leads to the page', () => {
  assert.equal(linkTo('https://e.org/', ' '), 'https://e.org/');
  assert.equal(linkTo('https://e.org/', ' – '), 'https://e.org/');
});

test('other scripts, and halves of surrogate pairs, do not fail', () => {
  assert.equal(
    linkTo('https://e.org/', '北の海'),
    'https://e.org/#:~:text=%E5%8C%97%E3%81%AE%E6%B5%B7',
  );
  assert.equal(linkTo('https://e.org/', 'a \ud800'), 'https://e.org/#:~:text=a%20%EF%BF%BD');
});

test('addresses that are none of the web give no link', () => {
  for (const url of ['', 'kenya', 'javascript:alert(1)', 'data:text/html,x', '//e.org']) {
    assert.equal(linkTo(url, 'a'), undefined, url);
  }
});
