/// First in, first out; both ends in constant time on average.
struct Queue<Element> {
    private var slots: [Element?] = []
    private var head = 0

    var count: Int { slots.count - head }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ element: Element) { slots.append(element) }

    mutating func popFirst() -> Element? {
        guard head < slots.count else { return nil }
        defer {
            head += 1
            if head >= 32 && head * 2 >= slots.count {
                slots.removeFirst(head)
                head = 0
            }
        }
        return slots[head].take()
    }

    /// Calls `change` with the first element; nil if there is none.
    mutating func withFirst<R>(_ change: (inout Element) -> R) -> R? {
        guard head < slots.count else { return nil }
        return withOptional(&slots[head], change)
    }

    mutating func changeAll(_ change: (inout Element) -> Void) {
        for index in head..<slots.count { _ = withOptional(&slots[index], change) }
    }

    mutating func removeAll() -> [Element] {
        defer { self = Queue() }
        return slots[head...].compactMap { $0 }
    }

    mutating func swapLastTwo() {
        if count >= 2 { slots.swapAt(slots.count - 1, slots.count - 2) }
    }

    private func withOptional<R>(_ slot: inout Element?, _ change: (inout Element) -> R) -> R? {
        guard var element = slot.take() else { return nil }
        defer { slot = element }
        return change(&element)
    }
}
