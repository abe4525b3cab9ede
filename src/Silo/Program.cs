using CalendarActors.Silo.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddCalendarActorsSilo();
var app = builder.Build();
app.Run();
