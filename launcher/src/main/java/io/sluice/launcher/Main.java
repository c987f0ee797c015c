package io.sluice.launcher;

/** Where the server starts. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.out.println("usage: sluice [-c file] [-t] [-T] [-v] [-V]");
    }
}
