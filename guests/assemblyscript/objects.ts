// Lists of every kind, classes and null, both ways. docs/ASSEMBLYSCRIPT.md has them in a table.

// @ts-ignore: decorators are AssemblyScript's own.
@external("env", "join")
declare function join(words: string[], between: string | null): string;
// @ts-ignore
@external("env", "split")
declare function split(text: string): string[];
// @ts-ignore
@external("env", "flip")
declare function flip(bytes: ArrayBuffer): ArrayBuffer;
// @ts-ignore
@external("env", "halves")
declare function halves(values: f64[]): f64[];
// @ts-ignore
@external("env", "greeting")
declare function greeting(person: Person): string | null;

// There are other arrays of objects here, and from the outside they look alike.
export const Array_string_ID = idof<Array<string>>();
export const Circle_ID = idof<Circle>();

enum Color {
  RED,
  GREEN,
}

class Point {
  visible: bool = true;
  constructor(public x: f64, public layer: i16) {}
}

class Person {
  tags: string[] = [];
  home: Point = new Point(0.5, -1);
  color: Color = Color.GREEN;
  note: string | null = null;
  id: u64 = u64.MAX_VALUE;
  photo: ArrayBuffer = new ArrayBuffer(3);
  constructor(public name: string, public age: u8) {}
}

class Shape {
  kind: string = "shape";
}

class Circle extends Shape {
  radius: f64 = 1.5;
}

export function sortWords(words: string[]): string[] {
  return words.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

export function countWords(words: string[]): i32 {
  return words.length;
}

export function words(n: i32): StaticArray<string> {
  const made = new StaticArray<string>(n);
  for (let i = 0; i < n; i++) made[i] = "word " + i.toString();
  return made;
}

export function holes(): Array<string | null> {
  return ["a", null, "c"];
}

export function sumArray(values: i64[]): i64 {
  let total: i64 = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

export function sumTyped(values: Int64Array): i64 {
  let total: i64 = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

export function countTo(n: i32): i64[] {
  const made: i64[] = [];
  for (let i = 1; i <= n; i++) made.push(i);
  return made;
}

// No other list here has f64, so that a host knows which it is.
export function double(values: f64[]): f64[] {
  return values.map<f64>((value) => value * 2);
}

export function negate(values: Float32Array): Float32Array {
  for (let i = 0; i < values.length; i++) values[i] = -values[i];
  return values;
}

export function squares(values: StaticArray<i32>): StaticArray<i32> {
  const made = new StaticArray<i32>(values.length);
  for (let i = 0; i < values.length; i++) made[i] = values[i] * values[i];
  return made;
}

export function shorts(values: u16[]): u16[] {
  return values.reverse();
}

// Its elements start in the middle of its buffer.
export function tail(values: Float32Array): Float32Array {
  return values.subarray(1);
}

export function odd(values: StaticArray<i32>): bool[] {
  const made: bool[] = [];
  for (let i = 0; i < values.length; i++) made.push((values[i] & 1) == 1);
  return made;
}

export function echoBuffer(bytes: ArrayBuffer): ArrayBuffer {
  return bytes;
}

export function echoBytes(bytes: Uint8Array): Uint8Array {
  return bytes;
}

export function person(name: string, age: u8): Person {
  const made = new Person(name, age);
  made.tags.push("first");
  made.tags.push(name);
  memory.fill(changetype<usize>(made.photo), 7, 3);
  return made;
}

export function people(n: i32): Person[] {
  const made: Person[] = [];
  for (let i = 0; i < n; i++) made.push(person("person " + i.toString(), <u8>i));
  return made;
}

export function personOrNull(there: bool): Person | null {
  return there ? person("Ada", 36) : null;
}

export function point(): Point {
  return new Point(2.5, 3);
}

export function circle(): Circle {
  return new Circle();
}

export function shape(): Shape {
  return new Circle();
}

export function matrix(): f64[][] {
  return [[1, 2], [], [3]];
}

export function map(): Map<string, i32> {
  return new Map<string, i32>();
}

export function maybe(text: string | null): string | null {
  return text === null ? "nothing" : text.length == 0 ? null : text + "!";
}

export function firstOf(words: Array<string> | null): string | null {
  return words === null || words.length == 0 ? null : words[0];
}

// Everything that is not pinned goes.
export function collected(words: string[], values: f64[], text: string): string {
  __collect();
  const garbage = "x".repeat(1000);
  let total: f64 = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return words.join(",") + " " + total.toString() + " " + text + garbage.substring(0, 0);
}

export function joined(words: string[], between: string | null): string {
  return join(words, between);
}

export function splitAndSorted(text: string): string[] {
  const parts = split(text);
  __collect();
  return sortWords(parts);
}

export function flipped(bytes: ArrayBuffer): ArrayBuffer {
  return flip(bytes);
}

export function quarters(values: f64[]): f64[] {
  return halves(halves(values));
}

export function greeted(name: string): string {
  const said = greeting(person(name, 1));
  return said === null ? "nothing" : said;
}
