import assert from "node:assert/strict";
import { test } from "node:test";
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from "y-protocols/awareness";
import * as Y from "yjs";

import { comeIntoSight, loseSight } from "../src/sight.ts";

/** Two people who see each other. */
function two(): [Awareness, Awareness] {
  const people: [Awareness, Awareness] = [new Awareness(new Y.Doc()), new Awareness(new Y.Doc())];
  for (const person of people) person.setLocalState({ name: "somebody" });
  tell(people[0], people[1]);
  tell(people[1], people[0]);
  return people;
}

/** What the server passes on: the state of one person, as it is, to another. */
function tell(from: Awareness, to: Awareness): void {
  applyAwarenessUpdate(to, encodeAwarenessUpdate(from, [from.clientID]), "server");
}

function end(people: Awareness[]): void {
  for (const person of people) person.destroy();
}

test("whoever comes back sees those who have not moved meanwhile", () => {
  const [ann, ben] = two();
  loseSight(ann, "line");
  assert.deepEqual([...ann.getStates().keys()], [ann.clientID]);
  tell(ben, ann);
  assert.ok(ann.getStates().has(ben.clientID));
  end([ann, ben]);
});

test("whoever comes back is seen by those who were told that they had left", () => {
  const [ann, ben] = two();
  removeAwarenessStates(ann, [ben.clientID], "server");
  comeIntoSight(ben);
  tell(ben, ann);
  assert.ok(ann.getStates().has(ben.clientID));
  end([ann, ben]);
});

test("whoever is not here does not come into sight", () => {
  const ann = new Awareness(new Y.Doc());
  ann.setLocalState(null);
  comeIntoSight(ann);
  assert.equal(ann.getLocalState(), null);
  end([ann]);
});
