"""Checks proofs of the ledger with nothing but hashlib: RFC 6962, section 2.1, as the RFC defines it, recursively.

    check_proofs.py trees < TREES.json     leaves, roots and proofs of many trees
    check_proofs.py pack FOLDER            an unpacked pack
"""
import hashlib
import json
import pathlib
import sys


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    def __init__(self, leaves):
        self.leaves, self.known = leaves, {}

    def root(self, start, end):
        if end - start == 0:
            return hashlib.sha256(b"").digest()
        if end - start == 1:
            return self.leaves[start]
        if (start, end) not in self.known:
            k = split(end - start)
            self.known[start, end] = node(self.root(start, start + k), self.root(start + k, end))
        return self.known[start, end]

    def path(self, m, start, end):
        if end - start == 1:
            return []
        k = split(end - start)
        if m < k:
            return self.path(m, start, start + k) + [self.root(start + k, end)]
        return self.path(m - k, start + k, end) + [self.root(start, start + k)]

    def consistency(self, m, start, end, whole):
        if m == end - start:
            return [] if whole else [self.root(start, end)]
        k = split(end - start)
        if m <= k:
            return self.consistency(m, start, start + k, whole) + [self.root(start + k, end)]
        return self.consistency(m - k, start + k, end, False) + [self.root(start, start + k)]


def split(n):
    return 1 << ((n - 1).bit_length() - 1)


def included(leaf, index, size, path, root):
    """The root that a path leads to, from the leaf upwards: which side a sibling is on follows from the tree's shape."""
    sides, start, end = [], 0, size
    while end - start > 1:
        k = split(end - start)
        left = index < start + k
        sides.append(left)
        start, end = (start, start + k) if left else (start + k, end)
    if len(sides) != len(path):
        return False
    for sibling, left in zip(path, reversed(sides)):
        leaf = node(leaf, sibling) if left else node(sibling, leaf)
    return leaf == root


def check_trees():
    checked = 0
    for given in json.load(sys.stdin):
        leaves = [bytes.fromhex(leaf) for leaf in given["leaves"]]
        tree, size = Tree(leaves), len(leaves)
        assert tree.root(0, size).hex() == given["root"], ("root", size)
        for index, path in enumerate(given["inclusion"]):
            assert [h.hex() for h in tree.path(index, 0, size)] == path, ("inclusion", size, index)
            assert included(leaves[index], index, size, [bytes.fromhex(h) for h in path], tree.root(0, size)), ("included", size, index)
            checked += 1
        for earlier, proof in enumerate(given["consistency"], start=1):
            assert [h.hex() for h in tree.consistency(earlier, 0, size, True)] == proof, ("consistency", size, earlier)
            checked += 1
    return checked


def check_pack(folder):
    proofs = json.loads((folder / "ledger/proofs.json").read_text())
    heads = json.loads((folder / "ledger/heads.json").read_text())["heads"]
    assert heads[-1]["root"] == proofs["root"] and heads[-1]["size"] == proofs["size"]
    for item in proofs["items"]:
        leaf = hashlib.sha256(b"\x00" + (folder / item["manifest"]).read_bytes()).digest()
        assert leaf.hex() == item["leafHash"], item["manifest"]
        path = [bytes.fromhex(h) for h in item["path"]]
        assert included(leaf, item["index"], proofs["size"], path, bytes.fromhex(proofs["root"])), item["manifest"]
        for file in json.loads((folder / item["manifest"]).read_text())["files"]:
            there = (folder / item["manifest"]).parent / file["path"]
            assert hashlib.sha256(there.read_bytes()).hexdigest() == file["sha256"], there
    if len(proofs["items"]) == proofs["size"]:
        tree = Tree([bytes.fromhex(i["leafHash"]) for i in sorted(proofs["items"], key=lambda i: i["index"])])
        for head in heads:
            assert tree.root(0, head["size"]).hex() == head["root"], head["size"]
        for proof in proofs["consistency"]:
            assert [h.hex() for h in tree.consistency(proof["from"], 0, proofs["size"], True)] == proof["path"], proof["from"]
    return len(proofs["items"]) + len(proofs["consistency"])


print(check_trees() if sys.argv[1] == "trees" else check_pack(pathlib.Path(sys.argv[2])))
