namespace Surety.Testing.Coap;

/// <summary>Marks messages and handlers of tests that go on nowhere else when they are called: the network need not wait for continuations.</summary>
public interface IActsAtOnce;
