# One image a role: docker build --target silo|gateway|standalone .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN for role in Silo Gateway Standalone; do \
      dotnet publish "src/$role" -c Release -o "/out/$role" || exit 1; \
    done

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS runtime
WORKDIR /app
ENV ASPNETCORE_URLS=http://+:8080 \
    CalendarActors__DataDirectory=/data
# The folder belongs to the user that runs, so that a volume mounted there does too.
RUN mkdir /data && chown "$APP_UID" /data
USER $APP_UID
EXPOSE 8080

FROM runtime AS silo
COPY --from=build /out/Silo .
ENTRYPOINT ["dotnet", "CalendarActors.Silo.dll"]

FROM runtime AS gateway
COPY --from=build /out/Gateway .
ENTRYPOINT ["dotnet", "CalendarActors.Gateway.dll"]

FROM runtime AS standalone
COPY --from=build /out/Standalone .
VOLUME /data
ENTRYPOINT ["dotnet", "CalendarActors.Standalone.dll"]
