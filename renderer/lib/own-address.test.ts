import { describe, expect, it } from "vitest";
import { isOwnAddress } from "./own-address.ts";

describe("addresses we turn into links", () => {
  it.each(["http://127.0.0.1:4747/open?key=x", "http://localhost:1/", "http://[::1]:8080/"])("takes %s", (address) => {
    expect(isOwnAddress(address)).toBe(true);
  });

  it.each([
    "https://127.0.0.1.example.com/",
    "http://localhost.example.com/",
    "http://192.168.1.4/",
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "/open",
    "",
  ])("refuses %s", (address) => {
    expect(isOwnAddress(address)).toBe(false);
  });
});
